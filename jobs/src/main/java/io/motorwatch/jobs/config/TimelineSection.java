package io.motorwatch.jobs.config;

import io.motorwatch.model.Durations;
import io.motorwatch.timeline.TimelineSettings;
import java.time.Duration;
import java.time.Instant;

/** Reads and checks the section {@code timeline}. */
final class TimelineSection {

  private static final String REORDER_WINDOW = "timeline.reorder-window";
  private static final String FORGET_AFTER = "timeline.forget-after";

  private final ConfigValues values;

  TimelineSection(ConfigValues values) {
    this.values = values;
  }

  TimelineSettings read() throws ConfigException {
    String oldest = values.text("timeline.oldest", "2000-01-01T00:00:00Z");
    long oldestMillis;
    try {
      oldestMillis = Instant.parse(oldest).toEpochMilli();
    } catch (java.time.format.DateTimeParseException e) {
      throw values.fault(
          "timeline.oldest", "must be a time like 2000-01-01T00:00:00Z, not " + oldest);
    }
    long reorderWindow = values.millis(REORDER_WINDOW, 0, 0);
    long forgetAfter = values.millis(FORGET_AFTER, Duration.ofDays(30).toMillis(), 1000);
    checkForgetting(forgetAfter, reorderWindow);
    return new TimelineSettings(
        values.millis("timeline.max-future", 60_000, 0),
        reorderWindow,
        values.millis("timeline.max-field-age", 60_000, 1),
        values.millis("timeline.silent-after", 60_000, TimelineSettings.LEAST_SILENCE_MS),
        forgetAfter,
        values.millis("timeline.clock-back-after", Duration.ofMinutes(5).toMillis(), 1),
        (int) values.whole("timeline.rejected-per-minute", 60, 1, 1_000_000),
        oldestMillis);
  }

  /**
   * With a device, the readings that wait for others are forgotten. Shorter than silent-after it
   * may be: no device is forgotten before it is silent.
   */
  private void checkForgetting(long forgetAfter, long reorderWindow) throws ConfigException {
    if (forgetAfter > reorderWindow) {
      return;
    }
    // The default is no fault of the person's: what to change is what was set.
    if (values.find(FORGET_AFTER).isPresent()) {
      throw values.fault(
          FORGET_AFTER,
          "must be longer than " + REORDER_WINDOW + ", " + Durations.format(reorderWindow));
    }
    throw values.fault(
        REORDER_WINDOW,
        "must be shorter than " + FORGET_AFTER + ", " + Durations.format(forgetAfter));
  }
}
