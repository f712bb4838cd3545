package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.simulator.Fleet;
import io.motorwatch.tools.simulator.FleetPlan;
import io.motorwatch.tools.simulator.FleetPublisher;
import io.motorwatch.tools.simulator.TruthFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: a fleet of motors at a broker. */
@Command(
    name = "simulate",
    description = {
      "Publishes a simulated motor fleet. The same options and start give the same stream.",
      "Without --seconds it runs until a signal, for a day at most."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);
  private static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);

  @Mixin BrokerOptions brokerOptions;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many motors; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--rate",
      paramLabel = "MSG_PER_S",
      description =
          "Messages per second of all motors together; default one per motor and second of its"
              + " time.")
  @Nullable Double rate;

  @Option(
      names = "--speedup",
      paramLabel = "X",
      defaultValue = "1",
      description = "Seconds of device time per second; default ${DEFAULT-VALUE}.")
  double speedup;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another number, another fleet; default ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to run, wall clock; default until a signal.")
  @Nullable Long seconds;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "Where to write every alarm that must be raised, as JSON lines: all of the plan at the"
              + " start, cut to what was sent when ended early.")
  @Nullable Path truth;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      split = ",",
      defaultValue = "factory-01",
      description = "Site, or several to share the motors; default ${DEFAULT-VALUE}.")
  List<String> sites;

  @Option(
      names = "--start",
      paramLabel = "ISO-TIME",
      description =
          "Device time of the start; default so early that device time never runs ahead of the"
              + " wall clock.")
  @Nullable String start;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    FleetPlan checked = plan();
    BrokerAddress broker = brokerOptions.await();
    // Waiting for the broker took time, by which the default start moves.
    Fleet fleet = new Fleet(start == null ? plan() : checked);
    writeTruth(fleet, Long.MAX_VALUE);
    try (FleetPublisher publisher =
            new FleetPublisher(fleet, broker, speedup, (reading, nanoTime) -> {});
        StopSignal signal = new StopSignal(publisher::stop)) {
      long begin = System.nanoTime();
      FleetPublisher.Outcome outcome = publisher.run(FLUSH_LIMIT);
      if (!outcome.complete()) {
        writeTruth(fleet, outcome.sentThrough());
      }
      boolean all = outcome.counts().unconfirmed() == 0 && outcome.counts().refused() == 0;
      summarize(fleet, outcome, System.nanoTime() - begin);
      signal.ended(all ? 0 : 1);
      return all ? 0 : 1;
    }
  }

  private FleetPlan plan() throws ConfigException {
    if (!(speedup > 0) || Double.isInfinite(speedup)) {
      throw new ConfigException("--speedup must be above 0, not " + speedup);
    }
    if (rate != null && !(rate > 0)) {
      throw new ConfigException("--rate must be above 0, not " + rate);
    }
    if (seconds != null && seconds < 1) {
      throw new ConfigException("--seconds must be 1 or more, not " + seconds);
    }
    for (String site : sites) {
      if (site.isEmpty() || site.matches(".*[/+#].*")) {
        throw new ConfigException("--site must be a topic level, not '" + site + "'");
      }
    }
    double wallSeconds = seconds == null ? DAY_SECONDS : seconds;
    double interval = rate == null ? 1000 : 1000.0 * devices * speedup / rate;
    if (interval < 1) {
      throw new ConfigException(
          "--rate "
              + rate
              + " is more than a reading per millisecond of device time: more --devices or"
              + " --speedup are needed");
    }
    try {
      return new FleetPlan(
          devices,
          seed,
          startAt(wallSeconds),
          Math.round(interval),
          Math.round(wallSeconds * speedup * 1000),
          sites);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private long startAt(double wallSeconds) throws ConfigException {
    if (start == null) {
      return System.currentTimeMillis() - Math.round(Math.max(0, speedup - 1) * wallSeconds * 1000);
    }
    try {
      return Instant.parse(start).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new ConfigException(
          "--start takes a time such as 2026-01-31T06:00:00Z, not '" + start + "'");
    }
  }

  private void writeTruth(Fleet fleet, long until) throws ConfigException {
    if (truth != null) {
      try {
        TruthFile.write(truth, fleet.truth(), until);
      } catch (IOException e) {
        throw new ConfigException("--truth: cannot write " + truth);
      }
    }
  }

  private void summarize(Fleet fleet, FleetPublisher.Outcome outcome, long nanos) {
    double took = nanos / 1e9;
    long alarms =
        fleet.truth().stream()
            .filter(episode -> episode.raisedAt() <= outcome.sentThrough())
            .count();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "published %d readings of %d devices in %.1f s (%.0f/s), %d alarms among them",
            outcome.readings(),
            devices,
            took,
            outcome.readings() / took,
            alarms));
    if (outcome.counts().connections() > 1) {
      line.append(", ").append(outcome.counts().connections()).append(" connections");
    }
    if (outcome.counts().unconfirmed() > 0) {
      line.append(", ").append(outcome.counts().unconfirmed()).append(" not confirmed");
    }
    if (outcome.counts().refused() > 0) {
      line.append(", ").append(outcome.counts().refused()).append(" refused by the broker");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
