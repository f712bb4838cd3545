package io.motorwatch.jobs.timeline;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.yaml.Durations;
import java.util.OptionalLong;

/**
 * The attribute {@value #NAME}, by which a device says how often it reports: a number of seconds,
 * or a duration such as {@code 5m}. After three times as long without a word it is silent.
 */
final class ReportInterval {

  static final String NAME = "reportInterval";

  /** One or two reports may go missing before anybody worries. */
  private static final long MISSED = 3;

  private static final double LONGEST_SECONDS = 366 * 86_400.0;

  private ReportInterval() {}

  /**
   * How long the device may be silent by its own word, milliseconds; nothing without a usable one.
   */
  static OptionalLong silentAfter(Attributes attributes) {
    Double seconds = attributes.numbers().get(NAME);
    if (seconds != null) {
      return seconds > 0 && seconds <= LONGEST_SECONDS
          ? OptionalLong.of(Math.max(1, Math.round(seconds * 1000 * MISSED)))
          : OptionalLong.empty();
    }
    String text = attributes.texts().get(NAME);
    OptionalLong millis = text == null ? OptionalLong.empty() : Durations.parseMillis(text);
    return millis.isPresent()
            && millis.getAsLong() > 0
            && millis.getAsLong() <= LONGEST_SECONDS * 1000
        ? OptionalLong.of(millis.getAsLong() * MISSED)
        : OptionalLong.empty();
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
