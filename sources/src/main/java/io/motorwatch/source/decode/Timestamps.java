package io.motorwatch.source.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

/** Device times as text. */
final class Timestamps {

  /** Offsets as Z, +01, +0100, +01:00; or a region, as +01:00[Europe/Berlin]. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .optionalStart()
          .appendLiteral('[')
          .appendZoneRegionId()
          .appendLiteral(']')
          .toFormatter();

  /** Where the date ends. */
  private static final int TIME_MARK = 10;

  /** Where a fraction of the seconds begins. */
  private static final int FRACTION_MARK = 19;

  private static final Pattern WITHOUT_ZONE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.,]\\d{0,9})?)?");

  private Timestamps() {}

  /**
   * Reads ISO-8601 with a zone; as RFC 3339 allows, with a space instead of the T, and as ISO does,
   * with a comma before the fraction.
   *
   * @return epoch milliseconds
   * @throws DateTimeException if it is anything else
   */
  static long parse(String text) {
    Instant instant = ISO.parse(inStandardForm(text.strip()), Instant::from);
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new DateTimeException("out of range", e);
    }
  }

  private static String inStandardForm(String text) {
    boolean spaced = isAt(text, TIME_MARK, ' ');
    boolean comma = isAt(text, FRACTION_MARK, ',');
    int zone = text.indexOf(' ', TIME_MARK + 1);
    if (!spaced && !comma && zone < 0) {
      return text;
    }
    StringBuilder form = new StringBuilder(text);
    if (zone > 0) {
      form.deleteCharAt(zone);
    }
    if (spaced) {
      form.setCharAt(TIME_MARK, 'T');
    }
    if (comma) {
      form.setCharAt(FRACTION_MARK, '.');
    }
    return form.toString();
  }

  private static boolean isAt(String text, int place, char character) {
    return text.length() > place && text.charAt(place) == character;
  }

  /** What is wrong with a text that could not be read, for a person. */
  static String advice(String text) {
    return WITHOUT_ZONE.matcher(text.strip()).matches()
        ? "it has no time zone: append Z or an offset such as +01:00"
        : "neither epoch milliseconds nor ISO-8601 with a zone, such as 2026-01-31T06:00:00.250Z";
  }
}
