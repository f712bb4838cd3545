package io.motorwatch.tools.history;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config of a job over history. */
public final class HistoryConfig {

  /**
   * No recording is too old, every rejection is counted, and nothing waits for the wall clock:
   * history has none.
   */
  private static final List<String> OF_HISTORY =
      List.of(
          "tiers.hot.keep=inf",
          "tiers.warm.keep=inf",
          "tiers.cold.keep=inf",
          "tiers.events.keep=inf",
          "timeline.reorder-window=0ms",
          "timeline.silent-after=36500d",
          "timeline.forget-after=36500d",
          "timeline.rejected-per-minute=1000000",
          "timeline.oldest=1970-01-01T00:00:00Z");

  private HistoryConfig() {}

  /**
   * The config of a file, or the defaults, as far as it is about the evaluation of readings.
   *
   * @param overrides {@code key=value} each
   * @throws ConfigException naming the key
   */
  public static MotorwatchConfig of(@Nullable Path file, List<String> overrides, Path patterns)
      throws ConfigException {
    List<String> all = new ArrayList<>(overrides);
    all.add("patterns.file=" + patterns.toAbsolutePath());
    all.addAll(OF_HISTORY);
    return file == null
        ? ConfigLoader.defaults(all)
        : ConfigLoader.load(file, all, System.getenv());
  }
}
