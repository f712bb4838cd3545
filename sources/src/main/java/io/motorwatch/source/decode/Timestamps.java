package io.motorwatch.source.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

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

  private Timestamps() {}

  /**
   * Reads ISO-8601 with a zone.
   *
   * @return epoch milliseconds
   * @throws DateTimeException if it is anything else
   */
  static long parse(String text) {
    Instant instant = ISO.parse(text, Instant::from);
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new DateTimeException("out of range", e);
    }
  }
}
