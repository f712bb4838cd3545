package io.motorwatch.benchmarks;

import java.util.Arrays;

/**
 * Times in ascending order.
 *
 * @param sortedNanos each measured one
 */
public record Latencies(long[] sortedNanos) {

  public static Latencies ofNanos(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  public int count() {
    return sortedNanos.length;
  }

  /** The smallest one that a share of all does not exceed, milliseconds; NaN of none. */
  public double quantileMs(double share) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }
}
