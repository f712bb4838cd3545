package io.motorwatch.tiers;

/**
 * Doubles as whole numbers of a power of ten's part, and how far they are from it: what is measured
 * has a few digits.
 */
final class Decimals {

  /** Decimal places a number may have. */
  static final int MOST_DIGITS = 6;

  private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Whole numbers up to here, and their neighbours, are doubles. */
  private static final double LARGEST = 1L << 52;

  private Decimals() {}

  static double power(int digits) {
    return POWERS_OF_TEN[digits];
  }

  /** Whether the nearest decimal of so many digits is within reach of a double's mantissa. */
  static boolean hasNear(double value, int digits) {
    return Math.abs(value * POWERS_OF_TEN[digits]) < LARGEST;
  }

  /** The nearest whole number of the digits' parts. */
  static long mantissa(double value, int digits) {
    return (long) Math.rint(value * POWERS_OF_TEN[digits]);
  }

  /**
   * How many neighbouring doubles a value lies above the decimal. Very many if their signs differ,
   * as those of zero and minus zero.
   */
  static long rounding(double value, long mantissa, int digits) {
    return Double.doubleToRawLongBits(value)
        - Double.doubleToRawLongBits(mantissa / POWERS_OF_TEN[digits]);
  }

  /** The value of this mantissa and rounding. */
  static double value(long mantissa, long rounding, int digits) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(mantissa / POWERS_OF_TEN[digits]) + rounding);
  }
}
