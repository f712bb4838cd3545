package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallingFleetTest {

  private static final long START = 1_750_000_000_000L;

  @Test
  void eachStallIsCompletedOnceByTheFirstReadingTwoSecondsAfterItsOnset() {
    StallingFleet fleet = new StallingFleet("plant", 1);
    List<Long> completed = new ArrayList<>();
    for (long second = 0; second < 40; second++) {
      StallingFleet.Message message = fleet.next(START + 1_000 * second);
      if (message.completes()) {
        completed.add(second);
      }
    }
    assertThat(completed).containsExactly(18L, 38L);
  }

  @Test
  void aDeviceThatReportsTwiceInAMillisecondHasTwoTimes() {
    StallingFleet fleet = new StallingFleet("plant", 1);
    assertThat(fleet.next(START).moment().at()).isEqualTo(START);
    assertThat(fleet.next(START).moment().at()).isEqualTo(START + 1);
  }
}
