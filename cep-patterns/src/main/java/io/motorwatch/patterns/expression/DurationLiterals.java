package io.motorwatch.patterns.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations such as {@code 60s} in an expression, which CEL's grammar does not have: for its parser
 * they are replaced by names of the same length, so that every position stays the same.
 */
final class DurationLiterals {

  private static final Pattern LITERAL = Pattern.compile("(?<![\\w.])(\\d+)(ms|s|m|h|d)(?!\\w)");

  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private final String text;
  private final Map<Integer, Double> byOffset = new HashMap<>();

  DurationLiterals(String original) {
    StringBuilder replaced = new StringBuilder(original);
    Matcher found = LITERAL.matcher(original);
    while (found.find()) {
      byOffset.put(found.start(), Double.parseDouble(found.group(1)) * UNITS.get(found.group(2)));
      replaced.setCharAt(found.start(), '_');
    }
    this.text = replaced.toString();
  }

  /** The text for CEL's parser. */
  String text() {
    return text;
  }

  /** Milliseconds of the duration at an offset in the text; NaN where there is none. */
  double at(int offset) {
    return byOffset.getOrDefault(offset, Double.NaN);
  }
}
