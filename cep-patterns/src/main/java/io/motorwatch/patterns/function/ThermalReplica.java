package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;

/**
 * {@code thermal(current, ratedCurrent, tripClass)}: a motor's heat as a share of what an overload
 * relay of that class allows: the relay trips at 1. The first-order replica of IEC 60255-149:
 *
 * <pre>theta' = (I / (k I_rated))² (1 - e^(-t/tau)) + theta e^(-t/tau)</pre>
 *
 * with k = 1.15 and tau = 28 s times the class, which keeps within the trip times of IEC 60947-4-1
 * for classes 10, 20 and 30 and trips at 1.2 but not at 1.05 times rated. Cooling goes by the same
 * tau also at standstill, where an unventilated motor cools more slowly.
 *
 * <p>A motor whose first reading is at rest is cold; one whose first reading is running is assumed
 * to have run like that for long, at most at its rating. A current of more than a hundred times
 * rated is implausible: the result is unknown then, and the heat is unchanged. Over a gap the motor
 * heats for ten seconds at most, since its current is unknown, and cools for the whole gap.
 */
final class ThermalReplica implements StatefulFunction {

  private static final int AT = 0;
  private static final int HEAT = 1;

  private static final double OVERLOAD_FACTOR = 1.15;
  static final double MS_PER_CLASS = 28_000;
  private static final double AT_REST = 0.05;
  private static final double LONGEST_HEATING_MS = 10_000;

  /** A locked rotor draws some 10 times rated at most, with the peak of its inrush some 20. */
  static final double MOST_LOAD = 100;

  private final ExponentialDecay decay = new ExponentialDecay();

  @Override
  public int size() {
    return 2;
  }

  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    double load = arguments[0] / arguments[1];
    double elapsed = at - memory[from + AT];
    double timeConstant = arguments[2] * MS_PER_CLASS;
    if (!(Math.abs(load) <= MOST_LOAD) || !(timeConstant > 0)) {
      return Double.NaN;
    }
    memory[from + AT] = at;
    if (Double.isNaN(elapsed)) {
      memory[from + HEAT] = load < AT_REST ? 0 : steady(Math.min(load, 1));
      return memory[from + HEAT];
    }
    // State of an earlier version may contain any value.
    double heat = Math.min(memory[from + HEAT], steady(MOST_LOAD));
    double target = steady(load);
    double counted = target > heat ? Math.min(elapsed, LONGEST_HEATING_MS) : elapsed;
    double left = decay.of(counted, timeConstant);
    memory[from + HEAT] = target * (1 - left) + heat * left;
    return memory[from + HEAT];
  }

  /** The heat that a lasting current leads to. */
  static double steady(double load) {
    double relative = load / OVERLOAD_FACTOR;
    return relative * relative;
  }

  /**
   * The heat that a current has made in a short time, none of it given off.
   *
   * @param load the integral of (I / I_rated)², seconds
   */
  static double heatOf(double load, double tripClass) {
    return load * 1000 / (OVERLOAD_FACTOR * OVERLOAD_FACTOR * tripClass * MS_PER_CLASS);
  }
}
