package io.motorwatch.jobs.config;

import java.time.Duration;
import java.time.Instant;

/** Reads and checks the section {@code timeline}. */
final class TimelineSection {

  private final ConfigValues values;

  TimelineSection(ConfigValues values) {
    this.values = values;
  }

  TimelineConfig read() throws ConfigException {
    String oldest = values.text("timeline.oldest", "2000-01-01T00:00:00Z");
    long oldestMillis;
    try {
      oldestMillis = Instant.parse(oldest).toEpochMilli();
    } catch (java.time.format.DateTimeParseException e) {
      throw values.fault(
          "timeline.oldest", "must be a time like 2000-01-01T00:00:00Z, not " + oldest);
    }
    return new TimelineConfig(
        values.millis("timeline.max-future", 60_000, 0),
        values.millis("timeline.reorder-window", 0, 0),
        values.millis("timeline.max-field-age", 60_000, 1),
        values.millis("timeline.silent-after", 60_000, 100),
        values.millis("timeline.forget-after", Duration.ofDays(30).toMillis(), 1000),
        values.millis("timeline.clock-back-after", Duration.ofMinutes(5).toMillis(), 1),
        (int) values.whole("timeline.rejected-per-minute", 60, 1, 1_000_000),
        oldestMillis);
  }
}
