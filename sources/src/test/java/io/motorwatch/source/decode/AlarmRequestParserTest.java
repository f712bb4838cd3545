package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmRequestParserTest {

  private static final DeviceId MOTOR = new DeviceId("plant", "m-1");

  private static AlarmRequest request(String topic, String payload) {
    Collected collected = Collected.of(topic, payload.replace('\'', '"'));
    assertThat(collected.rejections).isEmpty();
    return (AlarmRequest) collected.events.get(0);
  }

  @Test
  void readsAnAcknowledgementByDeviceAndPatternAndByTheAlarmsId() {
    assertThat(
            request(
                MessageDecoder.ACK_TOPIC,
                "{'site':'plant','device':'m-1','pattern':'overload','by':'Anna','more':[1]}"))
        .isEqualTo(
            new AlarmRequest(MOTOR, "", "overload", new Acknowledge(), "Anna", Collected.ARRIVED));
    AlarmRequest byId = request(MessageDecoder.ACK_TOPIC, "{'alarmId':'b1946ac92492d234'}");
    assertThat(byId.toAll()).isTrue();
    assertThat(byId.alarmId()).isEqualTo("b1946ac92492d234");
  }

  @Test
  void readsHowLongOrUntilWhenToShelve() {
    String named = "{'site':'plant','device':'m-1','pattern':'a',";
    assertThat(request(MessageDecoder.SHELVE_TOPIC, named + "'for':'8h'}").action())
        .isEqualTo(new Shelve(Shelve.RELATIVE, Duration.ofHours(8).toMillis()));
    assertThat(
            request(MessageDecoder.SHELVE_TOPIC, named + "'until':'2026-01-31T06:00:00Z'}")
                .action())
        .isEqualTo(new Shelve(Instant.parse("2026-01-31T06:00:00Z").toEpochMilli(), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "motorwatch/ack | {'device':'m-1'} | \"pattern\" is missing",
        "motorwatch/ack | {'pattern':'a'} | \"device\" is missing",
        "motorwatch/ack | {'site':'','device':'m','pattern':'a'} | \"site\" is missing",
        "motorwatch/ack | {'device':'m/1','pattern':'a'} | without '/'",
        "motorwatch/ack | [] | must be a JSON object",
        "motorwatch/ack | {'alarmId' | not JSON",
        "motorwatch/shelve | {'device':'m-1','pattern':'a'} | \"for\"",
        "motorwatch/shelve | {'device':'m-1','pattern':'a','for':'long'} | \"for\"",
        "motorwatch/shelve | {'device':'m-1','pattern':'a','until':'soon'} | \"until\" must be a time",
        "motorwatch/shelve | {'device':'m','pattern':'a','until':'+999999999-01-01T00:00:00Z'} | must be a time",
      })
  void refusesWithTheReason(String topic, String payload, String reason) {
    Collected collected = Collected.of(topic, payload.replace('\'', '"'));
    assertThat(collected.events).isEmpty();
    assertThat(collected.rejections.get(0).reason().code()).isEqualTo("malformed");
    assertThat(collected.rejections.get(0).detail()).contains(reason);
  }

  @Test
  void whatPeopleSendSurvivesSerialization() throws Exception {
    PatternFileUpdate patterns = new PatternFileUpdate(MOTOR, 7, "version: 7 # ü", 9);
    AlarmRequest acknowledge = new AlarmRequest(MOTOR, "", "a", new Acknowledge(), "", 9);
    AlarmRequest shelve = new AlarmRequest(MOTOR, "x", "", new Shelve(1, 2), "Anna", 9);
    for (TimelineEvent event : List.<TimelineEvent>of(patterns, acknowledge, shelve)) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      TimelineEventSerializer.INSTANCE.serialize(event, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(TimelineEventSerializer.INSTANCE.deserialize(in)).isEqualTo(event);
    }
    for (DeviceEvent event : List.<DeviceEvent>of(patterns, acknowledge, shelve)) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      DeviceEventSerializer.INSTANCE.serialize(event, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(DeviceEventSerializer.INSTANCE.deserialize(in)).isEqualTo(event);
    }
  }
}
