package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.replay.RecordingException;
import io.motorwatch.tools.replay.RecordingFormat;
import io.motorwatch.tools.replay.Replay;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: recorded data as the telemetry of one device. */
@Command(
    name = "replay",
    description = {
      "Publishes recorded data, a CSV file with a header, as the telemetry of one device.",
      "The readings keep the recording's times unless --from-now is given.",
      "Exit 1 if the broker did not take all of them, also because of a signal, or if there was none"
          + " to publish; 2 where the file is no CSV, after publishing what comes before."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

  @Mixin BrokerOptions brokerOptions;

  @Option(names = "--file", required = true, paramLabel = "CSV", description = "The recording.")
  Path file;

  @Option(names = "--site", required = true, paramLabel = "S", description = "The device's site.")
  String site;

  @Option(names = "--device", required = true, paramLabel = "D", description = "The device.")
  String device;

  @Option(
      names = "--time",
      required = true,
      paramLabel = "COLUMN",
      description =
          "The column of the time: yyyy-MM-dd HH:mm:ss[.SSS], ISO-8601, or epoch seconds or"
              + " milliseconds.")
  String time;

  @Option(
      names = "--map",
      paramLabel = "column=field",
      description =
          "A column to publish, and as which field; may be repeated. Default every numeric column,"
              + " as its header with _ for what is no letter or digit.")
  Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      defaultValue = ";",
      description = "Between two columns; default '${DEFAULT-VALUE}'; \\t for a tabulator.")
  String delimiter;

  @Option(
      names = "--speedup",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Seconds of the recording per second; 0 or max: as fast as possible; default"
              + " ${DEFAULT-VALUE}.")
  String speedup;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of times that name none; default ${DEFAULT-VALUE}.")
  String zone;

  @Option(
      names = "--from-now",
      description =
          "Shift all times so that the first row is now. Only with --speedup 1 or less: device time"
              + " must not run ahead of the wall clock.")
  boolean fromNow;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    RecordingFormat format = format();
    DeviceId target = target();
    double factor = factor();
    BrokerAddress broker = brokerOptions.await();
    Long beginAt = fromNow ? System.currentTimeMillis() : null;
    try (Replay replay = new Replay(format, target, broker, factor, beginAt);
        StopSignal signal = new StopSignal(replay::stop)) {
      Replay.Outcome outcome = replay.run(FLUSH_LIMIT);
      summarize(outcome);
      int status = status(outcome);
      signal.ended(status);
      return status;
    } catch (RecordingException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private int status(Replay.Outcome outcome) {
    if (outcome.end() instanceof Replay.Outcome.End.Unreadable unreadable) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("motorwatch: " + unreadable.why().getMessage());
      err.flush();
      return 2;
    }
    return outcome.allPublished() ? 0 : 1;
  }

  private RecordingFormat format() throws ConfigException {
    if (!Files.isReadable(file)) {
      throw new ConfigException("--file: cannot read " + file);
    }
    String separator = delimiter.equals("\\t") ? "\t" : delimiter;
    if (separator.isEmpty() || separator.contains("\"") || separator.contains("\n")) {
      throw new ConfigException("--delimiter must not be empty, a quote or a line's end");
    }
    try {
      return new RecordingFormat(file, separator, time, ZoneId.of(zone), fields);
    } catch (DateTimeException e) {
      throw new ConfigException("--zone: unknown zone '" + zone + "'");
    }
  }

  private DeviceId target() throws ConfigException {
    for (String level : new String[] {site, device}) {
      if (level.isEmpty() || level.matches(".*[/+#].*")) {
        throw new ConfigException("--site and --device must be topic levels, not '" + level + "'");
      }
    }
    return new DeviceId(site, device);
  }

  private double factor() throws ConfigException {
    double factor;
    try {
      factor = speedup.equals("max") ? Double.POSITIVE_INFINITY : Double.parseDouble(speedup);
    } catch (NumberFormatException e) {
      factor = Double.NaN;
    }
    if (factor == 0) {
      factor = Double.POSITIVE_INFINITY;
    }
    if (!(factor > 0)) {
      throw new ConfigException("--speedup takes a number or max, not '" + speedup + "'");
    }
    if (fromNow && factor > 1) {
      throw new ConfigException(
          "--from-now needs --speedup 1 or less: device time would run ahead of the wall clock");
    }
    return factor;
  }

  private void summarize(Replay.Outcome outcome) {
    PrintWriter err = spec.commandLine().getErr();
    if (outcome.rowsWithoutTime() > 0) {
      String lines =
          outcome.linesWithoutTime().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      err.println(
          "motorwatch: "
              + file
              + ": column '"
              + time
              + "' holds no readable time in "
              + outcome.rowsWithoutTime()
              + " rows; line "
              + lines
              + (outcome.rowsWithoutTime() > outcome.linesWithoutTime().size() ? ", …" : ""));
      err.flush();
    }
    StringBuilder line = new StringBuilder();
    line.append("published ").append(outcome.rows()).append(" readings of ");
    line.append(site).append('/').append(device);
    if (outcome.rowsWithoutTime() > 0) {
      line.append(", left out ").append(outcome.rowsWithoutTime()).append(" without a time");
    }
    if (outcome.rowsWithoutField() > 0) {
      line.append(", ").append(outcome.rowsWithoutField()).append(" without a number");
    }
    if (outcome.counts().unconfirmed() > 0) {
      line.append(", ").append(outcome.counts().unconfirmed()).append(" not confirmed");
    }
    if (outcome.counts().refused() > 0) {
      line.append(", ").append(outcome.counts().refused()).append(" refused by the broker");
    }
    if (outcome.end() instanceof Replay.Outcome.End.Stopped) {
      line.append("; ended by a signal before the recording's end");
    } else if (outcome.end() instanceof Replay.Outcome.End.Unreadable) {
      line.append("; the rest cannot be read");
    }
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
