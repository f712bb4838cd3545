package io.motorwatch.patterns.function;

/**
 * {@code startsWithin(D)}: how often the motor has started within the last D, this reading
 * included; 20 at most, which bounds what is kept. A start is its state becoming {@code START}.
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
  public double next(double[] arguments, long at, boolean started, double[] memory, int from) {
    if (started) {
      System.arraycopy(memory, from, memory, from + 1, MOST - 1);
      memory[from] = at;
    }
    int count = 0;
    while (count < MOST && memory[from + count] > at - windowMs) {
      count++;
    }
    // What has left the window would be kept of a device for ever.
    for (int i = count; i < MOST && !Double.isNaN(memory[from + i]); i++) {
      memory[from + i] = Double.NaN;
    }
    return count;
  }
}
