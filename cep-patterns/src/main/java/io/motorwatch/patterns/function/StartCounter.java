package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * {@code startsWithin(D)}: how often the motor has started within the last D, including this
 * reading; at most 20, which bounds the state. A start is the change of the motor's state to {@code
 * START}.
 */
final class StartCounter implements StatefulFunction {

  private static final int MOST = 20;

  private final double windowMs;

  StartCounter(double windowMs) {
    this.windowMs = windowMs;
  }

  @Override
  public int size() {
    return MOST;
  }

  /** Newest first; NaN behind the last. */
  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    if (start == StartPhase.BEGINS) {
      System.arraycopy(memory, from, memory, from + 1, MOST - 1);
      memory[from] = at;
    }
    int count = 0;
    while (count < MOST && memory[from + count] > at - windowMs) {
      count++;
    }
    // Starts that have left the window would otherwise stay in state indefinitely.
    for (int i = count; i < MOST && !Double.isNaN(memory[from + i]); i++) {
      memory[from + i] = Double.NaN;
    }
    return count;
  }
}
