package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.CURRENT;
import static io.motorwatch.timeline.TimelineHarness.DEVICE;
import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Order, duplicates, sequence numbers, and what is known of a device with each reading. */
class TimelineFunctionTest {

  private TimelineHarness timeline;

  @BeforeEach
  void open() throws Exception {
    timeline = TimelineHarness.open(0);
  }

  @AfterEach
  void close() throws Exception {
    timeline.close();
  }

  @Test
  void aSequenceNumberSeenBeforeIsADuplicateAndOneLongPassedAReplay() throws Exception {
    timeline.current(NOW, 2000, 1);
    timeline.current(NOW, 2000, 1);
    timeline.current(NOW - 2000, 1998, 1);
    timeline.current(NOW - 2000, 1998, 1);
    timeline.current(NOW - 90_000, 1488, 1);
    assertThat(timeline.times()).containsExactly(NOW, NOW - 2000);
    assertThat(timeline.rejections()).containsExactly("duplicate", "duplicate", "replayed");
  }

  @Test
  void aDeviceThatRestartsCountsFromTheBeginningAtANewerTime() throws Exception {
    timeline.current(NOW, 100_000, 1);
    timeline.current(NOW + 1000, 1, 1);
    timeline.current(NOW + 2000, 2, 1);
    assertThat(timeline.times()).containsExactly(NOW, NOW + 1000, NOW + 2000);
    assertThat(timeline.rejections()).isEmpty();
  }

  @Test
  void withoutSequenceNumbersTimeAndValuesTellADuplicate() throws Exception {
    timeline.current(NOW, Reading.NO_SEQ, 1);
    timeline.current(NOW, Reading.NO_SEQ, 1);
    timeline.current(NOW, Reading.NO_SEQ, 2);
    assertThat(timeline.times()).containsExactly(NOW, NOW);
    assertThat(timeline.rejections()).containsExactly("duplicate");
  }

  @Test
  void aBacklogWithoutNumbersBetweenReadingsOfNowIsTakenThoughTheBrokerSentItBefore()
      throws Exception {
    for (long i = 0; i < 100; i++) {
      timeline.current(NOW + 100 * i, Reading.NO_SEQ, 1);
      long before = NOW - 100_000 + 100 * i;
      Reading late = new Reading(DEVICE, before, NOW, Reading.NO_SEQ, CURRENT, new double[] {1});
      timeline.takes(late.asRedelivered());
    }
    assertThat(timeline.rejections()).isEmpty();
    assertThat(timeline.readings()).filteredOn(TimelineReading::late).hasSize(100);
  }

  @Test
  void aReadingOlderThanTheDevicesProgressIsLateWithItsOwnValuesOnly() throws Exception {
    timeline.reading(NOW, 5, FieldLayout.of("current", "speed"), 1, 2);
    timeline.current(NOW - 1, 4, 3);
    TimelineReading late = timeline.readings().get(1);
    assertThat(late.late()).isTrue();
    assertThat(late.known()).isEqualTo(CURRENT);
    assertThat(late.latest()).containsExactly(3);
  }

  @Test
  void fieldsSentInMessagesOfTheirOwnAreSeenTogetherUntilTheyAreTooOld() throws Exception {
    timeline.reading(NOW - 60_000, Reading.NO_SEQ, FieldLayout.of("speed"), 1480);
    timeline.current(NOW, Reading.NO_SEQ, 9);
    timeline.current(NOW + 1, Reading.NO_SEQ, 9);
    List<TimelineReading> out = timeline.readings();
    assertThat(out.get(1).known()).isEqualTo(FieldLayout.of("speed", "current"));
    assertThat(out.get(1).latest()).containsExactly(1480, 9);
    assertThat(out.get(2).latest()).containsExactly(Double.NaN, 9);
  }

  @Test
  void attributesApplyFromTheNextReading() throws Exception {
    timeline.current(NOW, Reading.NO_SEQ, 9);
    Attributes plate = Attributes.ofNumbers(Map.of("ratedCurrent", 4.0));
    timeline.takes(new AttributesReport(DEVICE, plate, NOW));
    timeline.current(NOW + 1, Reading.NO_SEQ, 9);
    List<TimelineReading> out = timeline.readings();
    assertThat(out.get(0).attributes()).isEqualTo(Attributes.NONE);
    assertThat(out.get(1).attributes()).isEqualTo(plate);
  }

  @Test
  void aCountThatRestartsHighUpIsAcceptedAfterAFewReadings() throws Exception {
    timeline.current(NOW, 1L << 53, 1);
    for (long i = 1; i <= 6; i++) {
      timeline.current(NOW + 1000 * i, 5000 + i, 1);
    }
    assertThat(timeline.times()).containsExactly(NOW, NOW + 4000, NOW + 5000, NOW + 6000);
    assertThat(timeline.rejections()).containsExactly("replayed", "replayed", "replayed");
  }

  @Test
  void aRestoreGoesOnWhereTheCheckpointWas() throws Exception {
    timeline.current(NOW, 7, 9);
    timeline = timeline.restored();
    timeline.current(NOW, 7, 9);
    assertThat(timeline.times()).isEmpty();
    assertThat(timeline.rejections()).containsExactly("duplicate");
  }
}
