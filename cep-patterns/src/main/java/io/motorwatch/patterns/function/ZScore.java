package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * {@code zscore(x, D)}: how many standard deviations a value is away from the device's own mean
 * over D. Unknown until the device has sent readings for D, and while the value has never varied.
 *
 * <p>Robust: a value affects later results only up to three deviations (Huber's limit), so that a
 * fault neither hides itself nor makes the next one look usual. The limit removes 0.5 % of the
 * variance of normally distributed values, which is corrected.
 */
final class ZScore implements StatefulFunction {

  private static final int AT = 0;
  private static final int CENTRE = 1;
  private static final int VARIANCE = 2;
  private static final int FOLLOWED_MS = 3;

  private static final double LIMIT = 3;

  /** The variance of a normal value limited to three deviations: E(min(z², 9)). */
  private static final double LIMITED_VARIANCE = 0.9950;

  private final double windowMs;
  private final ExponentialDecay decay = new ExponentialDecay();

  ZScore(double windowMs) {
    this.windowMs = windowMs;
  }

  @Override
  public int size() {
    return 4;
  }

  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    double x = arguments[0];
    double elapsed = at - memory[from + AT];
    memory[from + AT] = at;
    if (Double.isNaN(elapsed)) {
      memory[from + CENTRE] = x;
      memory[from + VARIANCE] = 0;
      memory[from + FOLLOWED_MS] = 0;
      return Double.NaN;
    }
    boolean known = memory[from + FOLLOWED_MS] >= windowMs;
    double deviation = Math.sqrt(memory[from + VARIANCE]);
    double away = x - memory[from + CENTRE];
    double score = known && deviation > 0 ? away / deviation : Double.NaN;

    memory[from + FOLLOWED_MS] += elapsed;
    double followed = Math.min(memory[from + FOLLOWED_MS], windowMs);
    // In the beginning a new value counts in proportion to its share of the time, without the
    // limit.
    double gain = Math.max(1 - decay.of(elapsed, windowMs), Math.min(1, elapsed / followed));
    boolean limited = known && deviation > 0;
    double counted =
        limited ? Math.max(-LIMIT * deviation, Math.min(LIMIT * deviation, away)) : away;
    double square = counted * counted / (limited ? LIMITED_VARIANCE : 1);
    if (elapsed > 0) {
      memory[from + CENTRE] += gain * counted;
      memory[from + VARIANCE] = (1 - gain) * (memory[from + VARIANCE] + gain * square);
    }
    return score;
  }
}
