package io.motorwatch.tools.health;

import java.util.Arrays;

/**
 * When alarms were raised, and how densely.
 *
 * @param times epoch milliseconds, ascending
 */
record Raises(long[] times) {

  private static final long TEN_MINUTES_MS = 600_000;

  /** ISA-18.2: a flood begins with ten or more alarms in ten minutes … */
  private static final int FLOOD_BEGINS = 10;

  /** … and ends when fewer than five come in ten minutes. */
  private static final int FLOOD_ENDS = 5;

  /**
   * The densest ten minutes.
   *
   * @param at when they began; 0 without alarms
   */
  record Peak(int alarms, long at) {}

  Peak peak() {
    Peak peak = new Peak(0, 0);
    int first = 0;
    for (int i = 0; i < times.length; i++) {
      while (times[i] - times[first] >= TEN_MINUTES_MS) {
        first++;
      }
      if (i - first + 1 > peak.alarms()) {
        peak = new Peak(i - first + 1, times[first]);
      }
    }
    return peak;
  }

  /**
   * How much of a range was in flood, milliseconds. A flood ends ten minutes behind the alarm that
   * was the fifth newest when it fell below five.
   *
   * @param until the end of the range
   */
  long floodMs(long until) {
    long sum = 0;
    long floodSince = Long.MIN_VALUE;
    for (int i = 0; i < times.length; i++) {
      if (floodSince != Long.MIN_VALUE) {
        long end = calmAt(i - 1);
        if (end < times[i]) {
          sum += end - floodSince;
          floodSince = Long.MIN_VALUE;
        }
      }
      if (floodSince == Long.MIN_VALUE
          && i + 1 >= FLOOD_BEGINS
          && times[i] - times[i + 1 - FLOOD_BEGINS] < TEN_MINUTES_MS) {
        floodSince = times[i];
      }
    }
    if (floodSince != Long.MIN_VALUE) {
      sum += Math.min(calmAt(times.length - 1), until) - floodSince;
    }
    return sum;
  }

  /** When, if no more came after this one, the last ten minutes would hold fewer than five. */
  private long calmAt(int newest) {
    return times[Math.max(0, newest - FLOOD_ENDS + 1)] + TEN_MINUTES_MS;
  }

  /** How many of them are in a group of so many within a minute. */
  int chattering(int least) {
    boolean[] in = new boolean[times.length];
    for (int i = 0; i + least <= times.length; i++) {
      if (times[i + least - 1] - times[i] < 60_000) {
        Arrays.fill(in, i, i + least, true);
      }
    }
    int count = 0;
    for (boolean one : in) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
