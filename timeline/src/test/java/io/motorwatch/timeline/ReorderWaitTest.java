package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.CURRENT;
import static io.motorwatch.timeline.TimelineHarness.DEVICE;
import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReorderWaitTest {

  private TimelineHarness timeline;

  @BeforeEach
  void open() throws Exception {
    timeline = TimelineHarness.open(250);
  }

  @AfterEach
  void close() throws Exception {
    timeline.close();
  }

  private void reading(long second) throws Exception {
    timeline.current(NOW + 1000 * second, Reading.NO_SEQ, 9);
  }

  @Test
  void readingsAreReleasedInTheOrderOfDeviceTimeAndLeaveNoTimer() throws Exception {
    for (long second : new long[] {3, 1, 2, 5, 4}) {
      reading(second);
    }
    assertThat(timeline.times()).isEmpty();
    timeline.clock(NOW + 250);
    assertThat(timeline.times())
        .containsExactly(NOW + 1000, NOW + 2000, NOW + 3000, NOW + 4000, NOW + 5000);
    assertThat(timeline.readings()).noneMatch(TimelineReading::late);
    assertThat(timeline.timers()).isEqualTo(1);
  }

  @Test
  void afterARestartReadingsWaitForOnesTheBrokerSendsAgain() throws Exception {
    reading(3);
    reading(2);
    timeline = timeline.restored();
    timeline.clock(NOW + 5_000);
    assertThat(timeline.times()).isEmpty();
    timeline.takes(
        new Reading(DEVICE, NOW + 1000, NOW + 5_000, Reading.NO_SEQ, CURRENT, new double[] {9}));
    timeline.clock(NOW + 5_250);
    assertThat(timeline.times()).containsExactly(NOW + 1000, NOW + 2000, NOW + 3000);
    assertThat(timeline.readings()).noneMatch(TimelineReading::late);
    assertThat(timeline.timers()).isEqualTo(1);
  }

  @Test
  void readingsGoOnSomeTimeAfterARestartAlsoWhenNothingComesAgain() throws Exception {
    reading(2);
    reading(1);
    timeline = timeline.restored();
    timeline.clock(NOW + 11_000);
    assertThat(timeline.times()).containsExactly(NOW + 1000, NOW + 2000);
    assertThat(timeline.timers()).isEqualTo(1);
  }
}
