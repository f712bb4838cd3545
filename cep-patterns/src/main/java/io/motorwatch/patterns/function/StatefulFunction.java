package io.motorwatch.patterns.function;

/**
 * A quantity that follows from a device's readings one after the other, with a memory of fixed size
 * and the same effort for each reading. For one thread; it keeps nothing of any device itself.
 */
public interface StatefulFunction {

  /** How many numbers it keeps of a device. */
  int size();

  /**
   * The quantity with this reading.
   *
   * @param arguments all finite, none farther from nought than 1e15
   * @param at device time, epoch milliseconds, never before the one before
   * @param started whether the motor has started with this reading
   * @param memory all NaN before a device's first reading; left as it was where the reading tells
   *     nothing. Nothing but finite numbers may be put into it, or NaN for what is forgotten,
   *     behind all that is known
   * @param from where its own {@link #size} numbers begin
   * @return NaN while it is unknown
   */
  double next(double[] arguments, long at, boolean started, double[] memory, int from);
}
