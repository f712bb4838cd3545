package io.motorwatch.patterns.function;

/**
 * {@code mean(x, D)} and {@code deviation(x, D)}: exponentially weighted mean and standard
 * deviation of a value, in its own unit. A value counts for the time since the reading before it,
 * and the weight of the past falls by e within D. The weights are normed, so that right after the
 * beginning it is the mean of what there is. West's incremental form (Communications of the ACM
 * 22(9), 1979) of the weighted mean and variance.
 */
final class MeanAndDeviation implements StatefulFunction {

  private static final int AT = 0;
  private static final int WEIGHT = 1;
  private static final int MEAN = 2;
  private static final int SQUARES = 3;

  /** What is asked of the two. */
  enum Moment {
    MEAN,
    DEVIATION
  }

  private final Moment asked;
  private final double windowMs;
  private final ExponentialDecay decay = new ExponentialDecay();

  MeanAndDeviation(Moment asked, double windowMs) {
    this.asked = asked;
    this.windowMs = windowMs;
  }

  @Override
  public int size() {
    return 4;
  }

  @Override
  public double next(double[] arguments, long at, boolean started, double[] memory, int from) {
    double x = arguments[0];
    if (Double.isNaN(memory[from + SQUARES])) {
      memory[from + AT] = at;
      memory[from + WEIGHT] = 0;
      memory[from + MEAN] = x;
      memory[from + SQUARES] = 0;
      return asked == Moment.MEAN ? x : 0;
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
    return asked == Moment.MEAN
        ? memory[from + MEAN]
        : weight > 0 ? Math.sqrt(memory[from + SQUARES] / weight) : 0;
  }
}
