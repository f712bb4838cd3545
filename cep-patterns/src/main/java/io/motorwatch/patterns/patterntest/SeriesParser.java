package io.motorwatch.patterns.patterntest;

import io.motorwatch.model.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a field, one for each interval of a test, written compactly: {@code 9.5x20s} is 9.5
 * for 20 s, {@code 9..14x10s} is a straight line from 9 to 14 within 10 s, {@code _x15s} is 15 s
 * without a value.
 */
final class SeriesParser {

  /** More would be no test any more, but a load. */
  static final int MOST = 1_000_000;

  private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
  private static final Pattern PIECE =
      Pattern.compile(
          "(?:(_)|(" + NUMBER + ")(?:\\.\\.(" + NUMBER + "))?)x(\\d{1,12}(?:ms|[smhd]))");

  private SeriesParser() {}

  /**
   * The values; NaN where there is none.
   *
   * @throws IllegalArgumentException that says what is wrong with which piece
   */
  static double[] parse(String text, long everyMs) {
    List<double[]> pieces = new ArrayList<>();
    int size = 0;
    for (String piece : text.trim().split("\\s+", -1)) {
      double[] values = piece(piece, everyMs, MOST - size);
      pieces.add(values);
      size += values.length;
    }
    double[] all = new double[size];
    int next = 0;
    for (double[] values : pieces) {
      System.arraycopy(values, 0, all, next, values.length);
      next += values.length;
    }
    return all;
  }

  private static double[] piece(String piece, long everyMs, int most) {
    Matcher parts = PIECE.matcher(piece);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + piece + "' is no piece of a series: write 9.5x20s, 9..14x10s or _x15s");
    }
    OptionalLong duration = Durations.parseMillis(parts.group(4));
    long length = duration.orElse(0);
    if (length == 0 || length % everyMs != 0) {
      throw new IllegalArgumentException(
          "'" + piece + "' does not last a multiple of every: " + Durations.format(everyMs));
    }
    if (length / everyMs > most) {
      throw new IllegalArgumentException("a series has at most " + MOST + " values");
    }
    double[] values = new double[(int) (length / everyMs)];
    if (parts.group(1) != null) {
      Arrays.fill(values, Double.NaN);
      return values;
    }
    double from = Double.parseDouble(parts.group(2));
    double to = parts.group(3) == null ? from : Double.parseDouble(parts.group(3));
    for (int i = 0; i < values.length; i++) {
      values[i] = from + (to - from) * i / values.length;
    }
    return values;
  }
}
