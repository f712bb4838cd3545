package io.motorwatch.patterns.signal;

/**
 * How a condition counts readings. What was true is kept as the bits of a number, the latest
 * lowest, with a bit above the earliest: a file that counts otherwise finds up to 60 readings,
 * however many were looked at before. Immutable.
 */
final class CountedReadings {

  /** Of a device without a reading. */
  static final long NONE = 1;

  private static final int MOST = 60;
  private static final long LATEST = (1L << MOST) - 1;

  private final int slot;
  private final int what;
  private final int count;
  private final long looksAt;
  private final int[] signals;

  /**
   * @param slot the place of its readings in {@link DeviceConditions}
   * @param signals those it depends on
   */
  CountedReadings(int slot, ConditionNode.Counted node, int[] signals) {
    this.slot = slot;
    this.what = node.what();
    this.count = node.count();
    this.looksAt = (1L << node.of()) - 1;
    this.signals = signals;
  }

  int slot() {
    return slot;
  }

  /** The condition counted. */
  int what() {
    return what;
  }

  /** Whether a reading evaluates the condition: any of its signals, if it has some. */
  boolean isEvaluated(double[] values) {
    for (int signal : signals) {
      if (!Double.isNaN(values[signal])) {
        return true;
      }
    }
    return signals.length == 0;
  }

  /** The readings with one more. */
  static long with(long readings, boolean holds) {
    long all = readings << 1 | (holds ? 1 : 0);
    return Long.highestOneBit(all) > LATEST + 1 ? LATEST + 1 | (all & LATEST) : all;
  }

  /** The truth value after these readings. */
  byte truth(long readings) {
    if (readings == NONE) {
      return TruthValue.UNKNOWN;
    }
    return TruthValue.of(held(readings) >= count);
  }

  /** With how many of those looked at it was true. */
  int held(long readings) {
    long known = readings & ~Long.highestOneBit(readings);
    return Long.bitCount(known & looksAt);
  }
}
