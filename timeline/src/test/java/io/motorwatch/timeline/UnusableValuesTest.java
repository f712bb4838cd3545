package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.DEVICE;
import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.UnusableValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the patterns hear of members of which no number could be made. */
class UnusableValuesTest {

  private static final Attributes PLATE = Attributes.ofNumbers(Map.of("ratedCurrent", 9.0));

  private TimelineHarness timeline;

  @BeforeEach
  void open() throws Exception {
    timeline = TimelineHarness.open(0);
  }

  @AfterEach
  void close() throws Exception {
    timeline.close();
  }

  private static UnusableValues at(long timestamp) {
    return new UnusableValues(
        DEVICE,
        "topic",
        timestamp,
        List.of(new UnusableValues.Member("temperature", "is null")),
        "{}",
        Attributes.NONE,
        NOW);
  }

  private List<TimelineEvent> passedOn() {
    return timeline.events().stream().filter(UnusableValues.class::isInstance).toList();
  }

  @Test
  void theyGoOnWithTheDevicesNameplate() throws Exception {
    timeline.takes(new AttributesReport(DEVICE, PLATE, NOW));
    timeline.current(NOW, Reading.NO_SEQ, 9);
    timeline.takes(at(NOW));
    assertThat(passedOn()).containsExactly(at(NOW).with(PLATE));
  }

  @Test
  void thoseOfAReadingThatWasNotTakenAreNotPassedOnAndLeaveNothing() throws Exception {
    timeline.takes(at(NOW));
    assertThat(timeline.stateEntries()).isZero();
    timeline.current(NOW, Reading.NO_SEQ, 9);
    timeline.takes(at(NOW + 3_600_000));
    timeline.takes(at(1_000));
    assertThat(passedOn()).isEmpty();
  }
}
