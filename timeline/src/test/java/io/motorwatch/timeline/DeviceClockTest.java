package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.DEVICE;
import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clocks that are wrong, and clocks that are set back. */
class DeviceClockTest {

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
  void aClockFarAheadIsRejectedAndOneAtTheLimitIsNot() throws Exception {
    timeline.current(NOW + 60_000, Reading.NO_SEQ, 1);
    timeline.current(NOW + 60_001, Reading.NO_SEQ, 1);
    assertThat(timeline.times()).containsExactly(NOW + 60_000);
    assertThat(timeline.rejections()).containsExactly("future");
  }

  @Test
  void aTimeIn1970IsStaleAndLeavesNoState() throws Exception {
    timeline.current(1_710_000, Reading.NO_SEQ, 1);
    assertThat(timeline.rejections()).containsExactly("stale");
    assertThat(timeline.stateEntries()).isZero();
  }

  @Test
  void secondsAndMicrosecondsAreRejectedWithTheNameOfTheUnit() throws Exception {
    timeline.current(1_710_000_000L, Reading.NO_SEQ, 1);
    timeline.current(1_710_000_000_000_000L, Reading.NO_SEQ, 1);
    assertThat(timeline.rejections()).containsExactly("stale", "future");
    assertThat(timeline.rejected().get(0).detail())
        .isEqualTo("device time 1710000000: it looks like seconds: send milliseconds since 1970");
    assertThat(timeline.rejected().get(1).detail()).contains("it looks like microseconds");
  }

  @Test
  void aClockSetBackIsBelievedAfterABoundedTimeAndItIsSaid() throws Exception {
    timeline.current(NOW, 1, 9);
    long back = NOW - 3_600_000;
    for (int second = 0; second <= 310; second++) {
      timeline.current(back + 1000L * second, 2 + second, 9);
    }
    assertThat(timeline.events()).contains(new ClockSetBack(DEVICE, NOW, back + 300_000));
    assertThat(timeline.readings().stream().filter(TimelineReading::late)).hasSize(300);
    assertThat(timeline.readings().get(311).late()).isFalse();
    assertThat(timeline.reported()).hasSize(3);
    assertThat(timeline.reported().get(1).note()).isEqualTo("its clock is now 59m behind arrival");
    assertThat(timeline.reported().get(2).note()).contains("its clock was set back");
    assertThat(timeline.reported().get(2).clockSkewMs()).isEqualTo(3_600_000.0 - 300_000);
  }

  @Test
  void aBacklogBetweenReadingsOfNowIsNoClockSetBack() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      timeline.current(NOW + i, Reading.NO_SEQ, 9);
      timeline.current(NOW - 7_200_000 + 3_000L * i, Reading.NO_SEQ, 9);
    }
    assertThat(timeline.events()).noneMatch(ClockSetBack.class::isInstance);
    assertThat(timeline.readings().stream().filter(TimelineReading::late)).hasSize(2_000);
  }

  @Test
  void aDeviceWhoseNumbersAndClockBothFallBackIsBelievedAfterTheSameTime() throws Exception {
    timeline.current(NOW, 100_000, 1);
    long back = NOW - 3_600_000;
    for (int second = 0; second <= 310; second++) {
      timeline.current(back + 1000L * second, second, 9);
    }
    assertThat(timeline.times()).hasSize(12).startsWith(NOW, back + 300_000);
    assertThat(timeline.events()).contains(new ClockSetBack(DEVICE, NOW, back + 300_000));
    assertThat(timeline.rejections()).containsOnly("replayed");
  }
}
