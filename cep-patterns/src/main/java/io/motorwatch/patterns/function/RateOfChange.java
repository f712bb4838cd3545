package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * {@code rate(x, D)}: how fast a value changes, in its unit per second, smoothed over D. Computed
 * as the distance of the value to its own exponential average, divided by D: for a straight line
 * this is exactly its slope once D has passed a few times, and noise of single readings is averaged
 * out. The average assumes a straight line between readings (Eckner, "Algorithms for Unevenly
 * Spaced Time Series: Moving Averages and Other Rolling Operators", EMA with linear interpolation).
 */
final class RateOfChange implements StatefulFunction {

  private static final int AT = 0;
  private static final int BEFORE = 1;
  private static final int AVERAGE = 2;
  private static final double MS_PER_SECOND = 1000;

  private final double windowMs;
  private final ExponentialDecay decay = new ExponentialDecay();

  RateOfChange(double windowMs) {
    this.windowMs = windowMs;
  }

  @Override
  public int size() {
    return 3;
  }

  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    double x = arguments[0];
    double elapsed = at - memory[from + AT];
    if (Double.isNaN(memory[from + AVERAGE])) {
      memory[from + AVERAGE] = x;
    } else if (elapsed > 0) {
      double left = decay.of(elapsed, windowMs);
      double middle = (1 - left) / (elapsed / windowMs);
      memory[from + AVERAGE] =
          left * memory[from + AVERAGE]
              + (middle - left) * memory[from + BEFORE]
              + (1 - middle) * x;
    }
    memory[from + AT] = at;
    memory[from + BEFORE] = x;
    return (x - memory[from + AVERAGE]) / windowMs * MS_PER_SECOND;
  }
}
