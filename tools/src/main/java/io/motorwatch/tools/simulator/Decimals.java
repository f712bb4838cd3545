package io.motorwatch.tools.simulator;

/** Numbers of few digits, without the cost of Double.toString. */
final class Decimals {

  private static final long[] POWERS = {1, 10, 100, 1000};

  private Decimals() {}

  static double round(double value, int digits) {
    return (double) Math.round(value * POWERS[digits]) / POWERS[digits];
  }

  /** Appends a value that is not below 0, with exactly so many digits after the point. */
  static void append(StringBuilder out, double value, int digits) {
    long scaled = Math.round(value * POWERS[digits]);
    out.append(scaled / POWERS[digits]).append('.');
    long rest = scaled % POWERS[digits];
    for (int digit = digits - 1; digit >= 0; digit--) {
      out.append((char) ('0' + rest / POWERS[digit] % 10));
    }
  }
}
