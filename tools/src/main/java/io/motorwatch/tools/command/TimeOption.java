package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;

/**
 * Times as a person writes them on the command line.
 *
 * @param zone of times that name none
 */
record TimeOption(ZoneId zone, Clock clock) {

  /**
   * Epoch milliseconds of an ISO-8601 time or date, of epoch milliseconds, or of a duration back
   * from now.
   *
   * @throws ConfigException naming the option
   */
  long parse(String option, String text) throws ConfigException {
    OptionalLong back = Durations.parseMillis(text);
    if (back.isPresent()) {
      return clock.millis() - back.getAsLong();
    }
    try {
      if (text.matches("\\d{12,15}")) {
        return Long.parseLong(text);
      }
      TemporalAccessor time =
          DateTimeFormatter.ofPattern("[yyyy-MM-dd'T'HH:mm[:ss[.SSS]][XXX]][yyyy-MM-dd]")
              .parseBest(
                  text.replace(' ', 'T'),
                  ZonedDateTime::from,
                  Instant::from,
                  LocalDateTime::from,
                  LocalDate::from);
      if (time instanceof LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
      }
      return time instanceof LocalDateTime local
          ? local.atZone(zone).toInstant().toEpochMilli()
          : ZonedDateTime.from(time).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new ConfigException(
          option
              + ": '"
              + text
              + "' is neither a time such as 2026-01-31T06:00:00Z or 2026-01-31, nor a duration back"
              + " from now such as 7d");
    }
  }
}
