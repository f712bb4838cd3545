package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.Durations;
import io.motorwatch.tools.health.HealthTargets;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What counts as well, and from when an alarm is one of a kind. */
final class HealthTargetOptions {

  @Option(
      names = "--target-per-day",
      paramLabel = "N",
      defaultValue = "150",
      description = "Alarms a day that are acceptable; default ${DEFAULT-VALUE}.")
  double perDay;

  @Option(
      names = "--target-ten-minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "The most in any ten minutes; default ${DEFAULT-VALUE}.")
  int perTenMinutes;

  @Option(
      names = "--target-flood",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of the time in flood, 0 to 1; default ${DEFAULT-VALUE}.")
  double flood;

  @Option(
      names = "--target-top-ten",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = "Share of the ten most frequent, 0 to 1; default ${DEFAULT-VALUE}.")
  double topTen;

  @Option(
      names = "--target-stale",
      paramLabel = "N",
      defaultValue = "5",
      description = "Stale alarms that are too many; default ${DEFAULT-VALUE}.")
  int staleAlarms;

  @Option(
      names = "--chattering",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "So many raises of one alarm in a minute are chattering; default ${DEFAULT-VALUE}.")
  int chattering;

  @Option(
      names = "--fleeting",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description = "An alarm that is over sooner is fleeting; default ${DEFAULT-VALUE}.")
  String fleeting;

  @Option(
      names = "--stale",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description = "One that is open for longer is stale; default ${DEFAULT-VALUE}.")
  String stale;

  HealthTargets targets() throws ConfigException {
    if (chattering < 2) {
      throw new ConfigException("--chattering: 2 or more, not " + chattering);
    }
    return new HealthTargets(
        perDay,
        perTenMinutes,
        flood,
        topTen,
        staleAlarms,
        chattering,
        duration("--fleeting", fleeting),
        duration("--stale", stale));
  }

  private static Duration duration(String option, String text) throws ConfigException {
    return Duration.ofMillis(
        Durations.parseMillis(text)
            .orElseThrow(
                () -> new ConfigException(option + ": '" + text + "' is no duration such as 30s")));
  }
}
