package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * {@code mean(x, D)} and {@code deviation(x, D)}: exponentially weighted mean and standard
 * deviation of a value, in its own unit. A value has the weight of the time since the reading
 * before it, and the weight of the past falls by e within D. The weights are normalized, so that
 * from the beginning it is the mean of the readings so far. West's incremental form (Communications
 * of the ACM 22(9), 1979) of the weighted mean and variance.
 */
final class MeanAndDeviation implements StatefulFunction {

  private static final int AT = 0;
  private static final int WEIGHT = 1;
  private static final int MEAN = 2;
  private static final int SQUARES = 3;

  /** Which of the two is computed. */
  enum Statistic {
    MEAN,
    DEVIATION
  }

  private final Statistic computed;
  private final double windowMs;
  private final ExponentialDecay decay = new ExponentialDecay();

  MeanAndDeviation(Statistic computed, double windowMs) {
    this.computed = computed;
    this.windowMs = windowMs;
  }

  @Override
  public int size() {
    return 4;
  }

  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    double x = arguments[0];
    if (Double.isNaN(memory[from + SQUARES])) {
      memory[from + AT] = at;
      memory[from + WEIGHT] = 0;
      memory[from + MEAN] = x;
      memory[from + SQUARES] = 0;
      return computed == Statistic.MEAN ? x : 0;
    }
    double left = decay.of(at - memory[from + AT], windowMs);
    double weight = memory[from + WEIGHT] * left + (1 - left);
    if (weight > 0) {
      double before = memory[from + MEAN];
      double mean = before + (1 - left) / weight * (x - before);
      memory[from + SQUARES] =
          memory[from + SQUARES] * left + (1 - left) * (x - before) * (x - mean);
      memory[from + MEAN] = mean;
    }
    memory[from + WEIGHT] = weight;
    memory[from + AT] = at;
    return computed == Statistic.MEAN
        ? memory[from + MEAN]
        : weight > 0 ? Math.sqrt(memory[from + SQUARES] / weight) : 0;
  }
}
