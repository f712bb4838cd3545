package io.motorwatch.tools.replay;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the times historians export: {@code yyyy-MM-dd HH:mm:ss[.SSS]}, ISO-8601 with or without a
 * zone, and epoch seconds or milliseconds.
 */
final class RecordedTime {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");

  /** As seconds the year 5138, as milliseconds 1973: a number from here on is milliseconds. */
  private static final double FIRST_MILLIS = 1e11;

  private static final int DATE_LENGTH = 10;

  private RecordedTime() {}

  /**
   * Epoch milliseconds.
   *
   * @return nothing if this is no time
   */
  static OptionalLong parse(String cell, ZoneId zone) {
    String text = cell.trim();
    if (NUMBER.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      return OptionalLong.of(Math.round(number < FIRST_MILLIS ? number * 1000 : number));
    }
    if (text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ') {
      text = text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1);
    }
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
      ZonedDateTime zoned =
          time instanceof LocalDateTime local ? local.atZone(zone) : ZonedDateTime.from(time);
      return OptionalLong.of(zoned.toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
