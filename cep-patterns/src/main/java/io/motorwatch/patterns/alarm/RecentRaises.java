package io.motorwatch.patterns.alarm;

import java.util.Arrays;

/**
 * When a pattern last raised alarms, device time, oldest first: only as many and as long as the
 * pattern's flapping rule needs. Immutable.
 *
 * @param until device time until which the newest of them matters
 */
record RecentRaises(long[] times, long until) {

  static final RecentRaises NONE = new RecentRaises(new long[0], Long.MIN_VALUE);

  /**
   * With one more, and without those before {@code at - withinMs} and beyond the last {@code most}.
   */
  RecentRaises with(long at, long withinMs, int most) {
    int from = 0;
    while (from < times.length && (times[from] < at - withinMs || times.length - from >= most)) {
      from++;
    }
    long[] kept = Arrays.copyOfRange(times, from, times.length + 1);
    kept[kept.length - 1] = at;
    return new RecentRaises(kept, at + withinMs);
  }

  /** How many are within this time before {@code at}, both ends included. */
  int countSince(long at, long withinMs) {
    int count = 0;
    for (long time : times) {
      count += time >= at - withinMs ? 1 : 0;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentRaises that
        && until == that.until
        && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(times);
  }
}
