package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;

/**
 * {@code timeToTrip(current, ratedCurrent, tripClass)}: in how many seconds an overload relay of
 * the class trips if the current stays as it is. From {@link ThermalReplica}, solved for 1:
 *
 * <pre>t = tau ln((theta_end - theta) / (theta_end - 1)), theta_end = (I / (k I_rated))²</pre>
 *
 * From 0 to a day. It is a day also where the relay never trips: an unknown value would leave a
 * signal as it was. Holds no memory of its own, but uses that of {@code thermal} with the same
 * arguments.
 */
public final class TimeToTrip {

  private static final double LONGEST_SECONDS = 86_400;

  private TimeToTrip() {}

  /**
   * The expression.
   *
   * @param heat the call of {@code thermal}
   */
  public static Expression of(
      Expression heat, Expression current, Expression rated, Expression tripClass) {
    return v ->
        seconds(heat.evaluate(v), current.evaluate(v) / rated.evaluate(v), tripClass.evaluate(v));
  }

  private static double seconds(double heat, double load, double tripClass) {
    double end = ThermalReplica.steady(load);
    if (Double.isNaN(heat) || Double.isNaN(end)) {
      return Double.NaN;
    }
    if (heat >= 1) {
      return 0;
    }
    if (end <= 1) {
      return LONGEST_SECONDS;
    }
    double timeConstant = tripClass * ThermalReplica.MS_PER_CLASS / 1000;
    return Math.min(LONGEST_SECONDS, timeConstant * Math.log((end - heat) / (end - 1)));
  }
}
