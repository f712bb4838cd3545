package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;
import java.util.Arrays;

/**
 * {@code residual(y, [x1, …], D)}: how far a value is from what the device's other signals let
 * expect, in standard deviations of that distance; positive above. The expectation is a linear
 * regression on the inputs, learned from the device's own readings:
 *
 * <pre>score = (d_y - d_x' (S_xx + λ diag S_xx)⁻¹ s_xy) / (σ √(1 + c h / n))
 * h = d_x' (S_xx + λ diag S_xx)⁻¹ d_x</pre>
 *
 * with d the distances to the means, S their covariance, and n about the number of readings within
 * D. Readings of the first D count alike; from then on the past is forgotten by e within 10 D, so
 * that slow faults are not taken for normal. This is recursive least squares with exponential
 * forgetting (Haykin, "Adaptive Filter Theory", ch. 10) in covariance form, updated by West's
 * formula (Communications of the ACM 22(9), 1979) and solved with each reading by Cholesky's
 * method: unlike the usual recursion on the inverse, it cannot blow up while inputs stand still.
 * Ridge regression (Hoerl and Kennard, Technometrics 12(1), 1970; λ = 10⁻⁴) keeps it defined for
 * constant and collinear inputs. The root widens the deviation where inputs are far from all that
 * was learned, as in a prediction interval; c = 10 because successive readings are not independent.
 *
 * <p>Unknown until the device has sent readings for D, of which a gap counts as a hundredth at most
 * (so at least a hundred readings), and while the target has never varied. A deviation is at least
 * a thousandth of the target's own.
 *
 * <p>Robust: what is learned of a reading is as if it were at most three deviations away (Huber's
 * limit, as in {@link ZScore}), and its inputs at most ten of theirs. While more than half of the
 * latest readings (of D / 50) are further away than three, nothing is learned, so that a fault does
 * not become the norm. Once that has lasted for D, the device counts as changed: all is forgotten
 * and learned again, as from its first reading.
 */
final class LinearResidual implements StatefulFunction {

  /** With five inputs the memory is 33 numbers: 264 bytes. */
  static final int MOST_INPUTS = 5;

  private static final int AT = 0;
  private static final int FOLLOWED_MS = 1;
  private static final int WEIGHT = 2;
  private static final int VARIANCE = 3;
  private static final int BEYOND_SHARE = 4;
  private static final int FROZEN_MS = 5;
  private static final int MEANS = 6;

  private static final double LIMIT = 3;
  private static final double INPUT_LIMIT = 10;

  /** The same before the result is known, against single absurd readings. */
  private static final double FIRST_LIMIT = 100;

  private static final double READINGS_FOR_A_LIMIT = 20;

  /** The variance of a normal value limited to three deviations: E(min(z², 9)). */
  private static final double LIMITED_VARIANCE = 0.9950;

  private static final double RIDGE = 1e-4;

  /** Against rounding: the least variance of an input, by the square of its mean. */
  private static final double LEAST_INPUT_VARIANCE = 1e-12;

  private static final double LEAST_DEVIATION = 1e-3;
  private static final double READINGS_PER_INDEPENDENT = 10;

  /** How many times longer than it has learned it takes to forget. */
  private static final double FORGETTING = 10;

  private static final double LONGEST_GAP_SHARE = 0.01;
  private static final double OF_LATE_SHARE = 0.02;

  private final int inputs;
  private final double windowMs;
  private final ExponentialDecay decay = new ExponentialDecay();
  private final ExponentialDecay decayOfLate = new ExponentialDecay();

  /** Working space of one reading: the lower triangle of L by rows, with 1 / D on its diagonal. */
  private final double[] factor;

  /** A row of L D. */
  private final double[] scaled;

  /** Of the inputs and of the target to their means. */
  private final double[] distance;

  /** L⁻¹ of the inputs' distances, and of their covariances with the target. */
  private final double[] aways;

  private final double[] commons;

  private double expected;
  private double leverage;
  private double explained;

  LinearResidual(int inputs, double windowMs) {
    this.inputs = inputs;
    this.windowMs = windowMs;
    this.factor = new double[inputs * (inputs + 1) / 2];
    this.distance = new double[inputs + 1];
    this.scaled = new double[inputs];
    this.aways = new double[inputs];
    this.commons = new double[inputs];
  }

  @Override
  public int size() {
    int all = inputs + 1;
    return MEANS + all + all * (all + 1) / 2;
  }

  /**
   * @param arguments the target, then the inputs
   */
  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    if (Double.isNaN(memory[from + AT])) {
      begin(arguments, at, memory, from);
      return Double.NaN;
    }
    double elapsed = Math.min(at - memory[from + AT], windowMs * LONGEST_GAP_SHARE);
    memory[from + AT] = at;
    boolean known = memory[from + FOLLOWED_MS] >= windowMs;
    measureDistances(arguments, memory, from);
    if (!known) {
      double limit = memory[from + WEIGHT] < READINGS_FOR_A_LIMIT ? 0 : FIRST_LIMIT;
      learn(limit == 0 ? 1 : shrinkTo(limit, inputs + 1, memory, from), elapsed, memory, from);
      memory[from + FOLLOWED_MS] += elapsed;
      if (memory[from + FOLLOWED_MS] >= windowMs) {
        solve(memory, from);
        memory[from + VARIANCE] = Math.max(0, variance(inputs, memory, from) - explained);
        memory[from + WEIGHT] *= FORGETTING;
      }
      return Double.NaN;
    }
    solve(memory, from);
    double away = distance[inputs] - expected;
    double deviation = deviation(memory, from);
    if (!(deviation > 0)) {
      learn(1, elapsed, memory, from);
      memory[from + VARIANCE] = variance(inputs, memory, from);
      return Double.NaN;
    }
    double score = away / deviation;
    if (follow(Math.abs(score) > LIMIT, elapsed, memory, from)) {
      begin(arguments, at, memory, from);
      return score;
    }
    if (memory[from + FROZEN_MS] == 0) {
      double shrink = shrinkTo(INPUT_LIMIT, inputs, memory, from);
      double most = LIMIT * Math.sqrt(leastVariance(memory, from));
      double counted = Math.max(-most, Math.min(most, away * shrink));
      // The target shrinks with the inputs, so that what the model says of them stays so.
      distance[inputs] = expected + counted / shrink;
      double gain = learn(shrink, elapsed, memory, from);
      double limited = Math.min(LIMIT, Math.abs(score));
      // By the score: a reading far from all others must not widen the deviation of all.
      double square = memory[from + VARIANCE] * limited * limited / LIMITED_VARIANCE;
      memory[from + VARIANCE] += gain * (square - memory[from + VARIANCE]);
    }
    return score;
  }

  private void begin(double[] arguments, long at, double[] memory, int from) {
    Arrays.fill(memory, from, from + size(), 0);
    memory[from + AT] = at;
    memory[from + WEIGHT] = 1;
    for (int i = 0; i <= inputs; i++) {
      memory[from + MEANS + i] = arguments[i == inputs ? 0 : i + 1];
    }
  }

  /** Those of the inputs, then that of the target. */
  private void measureDistances(double[] arguments, double[] memory, int from) {
    for (int i = 0; i <= inputs; i++) {
      distance[i] = arguments[i == inputs ? 0 : i + 1] - memory[from + MEANS + i];
    }
  }

  private int row(int i, int from) {
    return from + MEANS + inputs + 1 + i * (i + 1) / 2;
  }

  private double variance(int i, double[] memory, int from) {
    return memory[row(i, from) + i];
  }

  /**
   * Cholesky's factors L D L' of the inputs' covariance, and from these what the inputs let expect,
   * how far they are from all that was learned (h), and how much of the target they explain.
   */
  private void solve(double[] memory, int from) {
    expected = 0;
    leverage = 0;
    explained = 0;
    int target = row(inputs, from);
    for (int i = 0; i < inputs; i++) {
      int row = i * (i + 1) / 2;
      int covariance = row(i, from);
      double mean = memory[from + MEANS + i];
      double away = distance[i];
      double common = memory[target + i];
      double pivot = memory[covariance + i] * (1 + RIDGE) + LEAST_INPUT_VARIANCE * mean * mean;
      for (int j = 0; j < i; j++) {
        int other = j * (j + 1) / 2;
        double sum = memory[covariance + j];
        for (int n = 0; n < j; n++) {
          sum -= scaled[n] * factor[other + n];
        }
        scaled[j] = sum;
        double cell = sum * factor[other + j];
        factor[row + j] = cell;
        pivot -= cell * sum;
        away -= cell * aways[j];
        common -= cell * commons[j];
      }
      // Instead of the diagonal's one; nothing follows from an input that has never varied.
      double inverse = pivot > 0 ? 1 / pivot : 0;
      factor[row + i] = inverse;
      aways[i] = away;
      commons[i] = common;
      expected += away * common * inverse;
      leverage += away * away * inverse;
      explained += common * common * inverse;
    }
  }

  private double deviation(double[] memory, int from) {
    double independent = memory[from + WEIGHT] / FORGETTING / READINGS_PER_INDEPENDENT;
    return Math.sqrt(leastVariance(memory, from) * (1 + leverage / independent));
  }

  /** That of the distances, without what is due to unusual inputs. */
  private double leastVariance(double[] memory, int from) {
    double least = variance(inputs, memory, from) * LEAST_DEVIATION * LEAST_DEVIATION;
    return Math.max(memory[from + VARIANCE], least);
  }

  /** Whether readings have been beyond the limit for so long that all is to be learned again. */
  private boolean follow(boolean beyond, double elapsed, double[] memory, int from) {
    double left = decayOfLate.of(elapsed, windowMs * OF_LATE_SHARE);
    double share = memory[from + BEYOND_SHARE] * left + (beyond ? 1 - left : 0);
    memory[from + BEYOND_SHARE] = share;
    memory[from + FROZEN_MS] = share > 0.5 ? memory[from + FROZEN_MS] + elapsed : 0;
    return memory[from + FROZEN_MS] >= windowMs;
  }

  /** By how much all distances shrink for none of the first to be beyond a limit. */
  private double shrinkTo(double limit, int count, double[] memory, int from) {
    double shrink = 1;
    for (int i = 0; i < count; i++) {
      double mean = memory[from + MEANS + i];
      double variance = variance(i, memory, from) + LEAST_INPUT_VARIANCE * mean * mean;
      double most = limit * limit * variance;
      double square = distance[i] * distance[i];
      // Roots are expensive, and hardly ever needed.
      if (most > 0 && square * shrink * shrink > most) {
        shrink = Math.sqrt(most / square);
      }
    }
    return shrink;
  }

  /** Returns the reading's share. */
  private double learn(double shrink, double elapsed, double[] memory, int from) {
    boolean known = memory[from + FOLLOWED_MS] >= windowMs;
    double past = decay.of(elapsed, known ? FORGETTING * windowMs : Double.MAX_VALUE);
    double weight = memory[from + WEIGHT] * past + 1;
    double gain = 1 / weight;
    memory[from + WEIGHT] = weight;
    double left = 1 - gain;
    double counts = left * gain * shrink * shrink;
    int at = row(0, from);
    for (int i = 0; i <= inputs; i++) {
      double weighted = counts * distance[i];
      for (int j = 0; j <= i; j++) {
        memory[at] = left * memory[at] + weighted * distance[j];
        at++;
      }
    }
    double step = gain * shrink;
    for (int i = 0; i <= inputs; i++) {
      memory[from + MEANS + i] += step * distance[i];
    }
    return gain;
  }
}
