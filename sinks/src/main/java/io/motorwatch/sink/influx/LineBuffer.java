package io.motorwatch.sink.influx;

import java.util.Arrays;

/** One line's bytes, in a reused array; numbers are written into it without texts in between. */
final class LineBuffer {

  private static final double SCALE = 1e6;
  private static final int FIRST_PLACE = 100_000;

  /** Up to here every whole number is a double, and so is every quotient's dividend. */
  private static final double MAX_EXACT = 1L << 53;

  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  /** To be read up to {@link #length()}, and not kept. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void put(int octet) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) octet;
  }

  /**
   * A finite number, always in float form, so that no reader takes it for an integer; reads back as
   * the very same double.
   *
   * <p>Measured values mostly have few decimals. If the number is the quotient of a whole number
   * and a million, as doubles divide, then that decimal reads back as it: both are the double
   * nearest to the true quotient (IEEE 754 rounds division and reading alike). Its digits are
   * written without {@link Double#toString}, which was the larger part of encoding.
   */
  void real(double value) {
    double scaled = value * SCALE;
    if (Math.abs(scaled) < MAX_EXACT) {
      long millionths = Math.round(scaled);
      if (millionths / SCALE == value && !isNegativeZero(value)) {
        decimal(millionths);
        return;
      }
    }
    ascii(Double.toString(value));
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  private void decimal(long millionths) {
    long left = millionths;
    if (left < 0) {
      put('-');
      left = -left;
    }
    whole(left / (long) SCALE);
    put('.');
    int fraction = (int) (left % (long) SCALE);
    int place = FIRST_PLACE;
    do {
      put('0' + fraction / place);
      fraction %= place;
      place /= 10;
    } while (fraction > 0);
  }

  void whole(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    if (length + digits > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  /** UTF-8 of the character at {@code i}; returns how many chars it took. */
  int character(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) {
      put(c);
      return 1;
    }
    if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(0x80 | (c & 0x3F));
      return 1;
    }
    if (!Character.isSurrogate(c)) {
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
      return 1;
    }
    int point = text.codePointAt(i);
    if (Character.charCount(point) == 1) {
      // Half a pair has no UTF-8 form; the JDK's encoder writes the same.
      put('?');
      return 1;
    }
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
    return 2;
  }
}
