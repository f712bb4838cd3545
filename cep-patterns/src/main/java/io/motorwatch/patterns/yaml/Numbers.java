package io.motorwatch.patterns.yaml;

import java.util.OptionalDouble;

/** Decimal numbers as files write them. */
final class Numbers {

  private Numbers() {}

  /**
   * A finite number, or nothing. (Java's own parser would also take {@code 1d} and {@code NaN}.)
   */
  static OptionalDouble parse(String text) {
    if (!text.matches("[+-]?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][+-]?\\d{1,3})?")) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
