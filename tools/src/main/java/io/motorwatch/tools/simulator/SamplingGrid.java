package io.motorwatch.tools.simulator;

/**
 * The device times at which one device is read.
 *
 * @param firstAt the first one, epoch milliseconds
 * @param intervalMs from one to the next
 */
record SamplingGrid(long firstAt, long intervalMs) {

  /** The first of them at or after a time. */
  long atOrAfter(long time) {
    return firstAt + countBefore(time) * intervalMs;
  }

  /** How many of them are before a time. */
  long countBefore(long time) {
    return time <= firstAt ? 0 : (time - firstAt + intervalMs - 1) / intervalMs;
  }
}
