package io.motorwatch.tools.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RaisesTest {

  private static final long SECOND = 1_000;
  private static final long TEN_MINUTES = 600 * SECOND;

  /** Bursts and calm, to the second. */
  private static long[] random(Random random) {
    long[] times = new long[random.nextInt(80)];
    long at = TEN_MINUTES;
    for (int i = 0; i < times.length; i++) {
      at += SECOND * (random.nextInt(8) == 0 ? random.nextInt(1500) : random.nextInt(90));
      times[i] = at;
    }
    return times;
  }

  private static int within(long[] times, long from, long to) {
    return (int) Arrays.stream(times).filter(time -> time > from && time <= to).count();
  }

  @Test
  void theDensestTenMinutesAreThoseThatAnyOtherWindowIsNoDenserThan() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      long[] times = random(random);
      int most = 0;
      for (long end : times) {
        most = Math.max(most, within(times, end - TEN_MINUTES, end));
      }
      assertThat(new Raises(times).peak().alarms()).isEqualTo(most);
    }
  }

  /** Second by second, as the standard says it. */
  @Test
  void aFloodLastsFromTheTenthAlarmInTenMinutesUntilFewerThanFiveCameInTen() {
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      long[] times = random(random);
      long until = times.length == 0 ? SECOND : times[times.length - 1] + 1000 * SECOND;
      long flooded = 0;
      boolean flood = false;
      for (long now = 0; now < until; now += SECOND) {
        int count = within(times, now - TEN_MINUTES, now);
        flood = flood ? count >= 5 : count >= 10;
        flooded += flood ? SECOND : 0;
      }
      assertThat(new Raises(times).floodMs(until)).isEqualTo(flooded);
    }
  }

  @Test
  void threeInAMinuteChatterAndTheFourthTogetherWithThem() {
    assertThat(new Raises(new long[] {0, 20_000, 59_999}).chattering(3)).isEqualTo(3);
    assertThat(new Raises(new long[] {0, 20_000, 60_000}).chattering(3)).isZero();
    assertThat(new Raises(new long[] {0, 20_000, 40_000, 70_000, 500_000}).chattering(3))
        .isEqualTo(4);
  }

  @Test
  void withoutAlarmsThereIsNothing() {
    Raises none = new Raises(new long[0]);
    assertThat(none.peak()).isEqualTo(new Raises.Peak(0, 0));
    assertThat(none.floodMs(1)).isZero();
    assertThat(none.chattering(3)).isZero();
  }
}
