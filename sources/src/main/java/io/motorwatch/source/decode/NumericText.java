package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.io.NumberInput;

/** Texts that are wholly a JSON number (RFC 8259), spaces around it aside. */
final class NumericText {

  /** Longer ones are no measurements; reading them costs more than they are worth. */
  static final int MAX_LENGTH = 400;

  private NumericText() {}

  /**
   * The number.
   *
   * @return NaN where the text is none; infinite where it is beyond what a double holds
   */
  static double parse(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (from < to && text.charAt(to - 1) <= ' ') {
      to--;
    }
    if (from == to || text.charAt(from) > '9') {
      return Double.NaN;
    }
    String number = text.substring(from, to);
    return isNumber(number) ? NumberInput.parseDouble(number, true) : Double.NaN;
  }

  static boolean isNumber(CharSequence text) {
    int length = text.length();
    if (length > MAX_LENGTH) {
      return false;
    }
    int at = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int whole = digits(text, at);
    if (whole == at || (whole > at + 1 && text.charAt(at) == '0')) {
      return false;
    }
    at = whole;
    if (at < length && text.charAt(at) == '.') {
      int decimals = digits(text, at + 1);
      if (decimals == at + 1) {
        return false;
      }
      at = decimals;
    }
    if (at < length && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < length && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = digits(text, at);
      if (exponent == at) {
        return false;
      }
      at = exponent;
    }
    return at == length;
  }

  private static int digits(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
