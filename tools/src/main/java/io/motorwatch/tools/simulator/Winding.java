package io.motorwatch.tools.simulator;

/**
 * The temperature of a motor's winding: a body of one time constant, warmed by the losses in its
 * copper, which grow with the square of the current.
 */
final class Winding {

  /** Ambient, °C. */
  private static final double AMBIENT = 24;

  /** Above ambient at rated current in the end, K; class B insulation allows 80. */
  private static final double RISE = 58;

  private static final double TIME_CONSTANT_MS = 900_000;

  private double temperature;
  private long elapsed = -1;
  private double approach;

  /** In balance with a load, multiples of rated current. */
  Winding(double load) {
    this.temperature = goal(load);
  }

  private static double goal(double load) {
    return AMBIENT + RISE * load * load;
  }

  /** The temperature after some time, milliseconds, of this load. */
  double after(long elapsedMs, double load) {
    if (elapsedMs != elapsed) {
      elapsed = elapsedMs;
      // StrictMath: the same to the last bit everywhere.
      approach = 1 - StrictMath.exp(-elapsedMs / TIME_CONSTANT_MS);
    }
    temperature += (goal(load) - temperature) * approach;
    return temperature;
  }
}
