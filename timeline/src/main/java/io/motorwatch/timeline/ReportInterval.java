package io.motorwatch.timeline;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.Durations;
import java.util.OptionalLong;

/**
 * The attribute {@value #NAME}, by which a device says how often it reports: a number of seconds,
 * or a duration such as {@code 5m}. After three times as long without a message it is silent.
 * Usable is what makes that at least {@link TimelineSettings#LEAST_SILENCE_MS} and is 366 days at
 * the most.
 */
final class ReportInterval {

  static final String NAME = "reportInterval";

  /** One or two reports may go missing before that is an alert. */
  private static final long MISSED = 3;

  private static final double LONGEST_MS = 366 * 86_400_000.0;

  private ReportInterval() {}

  /**
   * How long the device may be silent by its own setting, milliseconds; nothing without a usable
   * one.
   */
  static OptionalLong silentAfter(Attributes attributes) {
    double every = millis(attributes);
    // Both comparisons are false of what is not a number.
    return every * MISSED >= TimelineSettings.LEAST_SILENCE_MS && every <= LONGEST_MS
        ? OptionalLong.of(Math.round(every * MISSED))
        : OptionalLong.empty();
  }

  /** Milliseconds as the device says it; not a number where it says nothing readable. */
  private static double millis(Attributes attributes) {
    Double seconds = attributes.numbers().get(NAME);
    if (seconds != null) {
      return seconds * 1000;
    }
    String text = attributes.texts().get(NAME);
    OptionalLong millis = text == null ? OptionalLong.empty() : Durations.parseMillis(text);
    return millis.isPresent() ? millis.getAsLong() : Double.NaN;
  }

  /** Whether there is one that cannot be used. */
  static boolean isUnusable(Attributes attributes) {
    boolean given =
        attributes.numbers().containsKey(NAME)
            || attributes.texts().containsKey(NAME)
            || attributes.lists().containsKey(NAME);
    return given && silentAfter(attributes).isEmpty();
  }
}
