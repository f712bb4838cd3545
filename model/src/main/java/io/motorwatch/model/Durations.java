package io.motorwatch.model;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as files write them: {@code 100ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 30d}.
 */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * A hundred years. Files and devices' attributes come over the network: what is added to a time
   * must not overflow.
   */
  private static final long MOST_MS = Duration.ofDays(36_500).toMillis();

  /** Milliseconds, or nothing where the text is no duration or one of more than a hundred years. */
  public static OptionalLong parseMillis(String text) {
    Matcher matcher = FORM.matcher(text.trim());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    long unit =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> Duration.ofSeconds(1).toMillis();
          case "m" -> Duration.ofMinutes(1).toMillis();
          case "h" -> Duration.ofHours(1).toMillis();
          default -> Duration.ofDays(1).toMillis();
        };
    return number > MOST_MS / unit ? OptionalLong.empty() : OptionalLong.of(number * unit);
  }

  /** The shortest exact form: {@code 90s}, {@code 1500ms}, {@code 2h}. */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds >= 120 ? seconds / 60 + "m" : seconds + "s";
  }
}
