package io.motorwatch.tools.replay;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in bytes. Those of up to fifteen digits with a small exponent, nearly all that
 * recorders write, are one division or multiplication, which is exact (Clinger, "How to read
 * floating point numbers accurately"); others go the usual way.
 */
final class CellNumber {

  private static final double[] POWERS = new double[23];

  /** Digits whose number a double holds exactly, whatever they are. */
  private static final int EXACT_DIGITS = 15;

  private static final int LARGEST_EXPONENT = 1_000;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private CellNumber() {}

  /**
   * The number of a cell, with blanks around it.
   *
   * @return NaN if it is none, or not finite
   */
  static double parse(byte[] bytes, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int seen = 0;
    int exponent = 0;
    boolean fraction = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        seen++;
        if (digits > 0 || digit != 0) {
          digits++;
        }
        if (digits <= EXACT_DIGITS) {
          mantissa = 10 * mantissa + digit;
          exponent -= fraction ? 1 : 0;
        }
      } else if (bytes[at] == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return Double.NaN;
    }
    if (at < to) {
      int written = exponent(bytes, at, to);
      if (written == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += written;
    }
    if (digits > EXACT_DIGITS || exponent < -22 || exponent > 22) {
      double value =
          NumberInput.parseDouble(
              new String(bytes, from, to - from, StandardCharsets.US_ASCII), true);
      return Double.isFinite(value) ? value : Double.NaN;
    }
    double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    return negative ? -value : value;
  }

  /** What is behind the digits as an exponent; {@link Integer#MIN_VALUE} if it is none. */
  private static int exponent(byte[] bytes, int start, int end) {
    if (bytes[start] != 'e' && bytes[start] != 'E') {
      return Integer.MIN_VALUE;
    }
    int at = start + 1;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(10 * exponent + digit, LARGEST_EXPONENT);
    }
    return negative ? -exponent : exponent;
  }

  private static boolean isBlank(byte letter) {
    return letter >= 0 && letter <= ' ';
  }
}
