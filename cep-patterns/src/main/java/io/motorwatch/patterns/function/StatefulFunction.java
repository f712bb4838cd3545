package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * A function of a device's successive readings, with a memory of fixed size and constant effort per
 * reading. The memory is passed in; the function itself holds no state of any device. For one
 * thread.
 */
public interface StatefulFunction {

  /** How many numbers its memory has per device. */
  int size();

  /**
   * Computes the value with this reading.
   *
   * @param arguments all finite, none of a magnitude beyond 1e15
   * @param at device time, epoch milliseconds, never before the one before
   * @param start what this reading is of a start of the motor
   * @param memory all NaN before a device's first reading; unchanged where the result is unknown.
   *     Only finite numbers may be written, or NaN for what is forgotten, behind all known numbers
   * @param from where its own {@link #size} numbers begin
   * @return NaN while it is unknown
   */
  double next(double[] arguments, long at, StartPhase start, double[] memory, int from);
}
