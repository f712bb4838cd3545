package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameplatesFirstTest {

  private static final Set<String> FIELDS =
      Set.of("current", "speed", "temperature", "vibration", "voltage", "power");

  /**
   * These fields no device of the fleet has: unbalance is the one pattern that is not evaluated.
   */
  private static final Set<String> PHASES = Set.of("currentA", "currentB", "currentC");

  private final NameplatesFirst fleet = new NameplatesFirst(SyntheticFleet.spread(2), 2);

  private List<DeviceEvent> decoded(int messages) {
    MessageDecoder decoder =
        new MessageDecoder(
            List.of(TopicTemplate.parse("site/{site}/device/{device}")),
            SignatureVerifier.NONE,
            MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES);
    List<DeviceEvent> events = new ArrayList<>();
    MessageDecoder.Output out =
        new MessageDecoder.Output() {
          @Override
          public void event(DeviceEvent event) {
            events.add(event);
          }

          @Override
          public void rejected(Rejection rejection) {
            throw new AssertionError("rejected: " + rejection);
          }

          @Override
          public void dropped(int values) {
            throw new AssertionError("every value is good");
          }

          @Override
          public void patterns(String document) {
            throw new AssertionError("none was sent");
          }
        };
    for (int i = 0; i < messages; i++) {
      decoder.decode(fleet.message(i), out);
    }
    return events;
  }

  @Test
  void eachDeviceHasItsNameplateBeforeItsFirstReading() {
    List<DeviceEvent> events = decoded((int) fleet.messages(2));
    assertThat(events)
        .extracting(event -> event.device().device())
        .containsExactly("motor-0", "motor-1", "motor-0", "motor-1");
    assertThat(events.subList(0, 2)).hasOnlyElementsOfType(AttributesReport.class);
    assertThat(events.subList(2, 4)).hasOnlyElementsOfType(Reading.class);
  }

  @Test
  void aNameplateHasAllThatTheShippedPatternsRead() throws Exception {
    AttributesReport report = (AttributesReport) decoded(1).get(0);
    List<String> read =
        PatternFileParser.parse(Files.readString(Path.of("../conf/patterns.yaml")))
            .variables()
            .names()
            .stream()
            .filter(name -> !name.contains("(") && !FIELDS.contains(name) && !PHASES.contains(name))
            .toList();
    assertThat(read).contains("ratedCurrent", "tripClass");
    assertThat(report.attributes().numbers()).containsOnlyKeys(read);
  }
}
