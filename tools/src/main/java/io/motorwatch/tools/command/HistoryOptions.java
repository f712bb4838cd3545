package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.tools.history.HistoryConfig;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.history.InfluxArchive;
import io.motorwatch.tools.history.Nameplates;
import io.motorwatch.tools.history.PublishedNameplates;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that reads history: from where, of which devices, which part. */
final class HistoryOptions {

  /** Where history can be besides files. */
  enum From {
    INFLUX
  }

  @Option(
      names = "--from",
      paramLabel = "influx",
      description = "Read history from the config's InfluxDB in place of files.")
  @Nullable From from;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The config file: its database and broker for --from influx; its timeline settings apply to"
              + " files too.")
  @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Overrides a key of the config; may be repeated.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only readings from then on: 2026-01-31T06:00:00Z, 2026-01-31 or, back from now, 7d."
              + " Default all.")
  @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only readings before then, written as --since. Default all.")
  @Nullable String until;

  @Option(
      names = "--site",
      paramLabel = "S",
      description =
          "Only devices of this site; may be repeated. With --input the site of the recordings,"
              + " default '"
              + DeviceId.DEFAULT_SITE
              + "'.")
  List<String> sites = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "Only this device, as device or site/device; may be repeated. With a single --input its"
              + " device, default the name of the file.")
  List<String> devices = new ArrayList<>();

  @Option(
      names = "--tier",
      paramLabel = "NAME",
      defaultValue = "hot",
      description =
          "The retention policy, or the bucket <database>/NAME, that has the readings; default"
              + " ${DEFAULT-VALUE}.")
  String tier;

  @Option(
      names = "--attribute",
      paramLabel = "name=number",
      description = "Of every device's nameplate, such as ratedCurrent=12.5; may be repeated.")
  Map<String, Double> attributes = new LinkedHashMap<>();

  @Option(
      names = "--attributes",
      paramLabel = "FILE",
      description =
          "Nameplates, YAML or JSON: 'site/device: {ratedCurrent: 12.5}', * for any part of a name.")
  @Nullable Path attributesFile;

  @Option(
      names = "--no-broker",
      description =
          "With --from influx: do not ask the config's broker for the nameplates it retains.")
  boolean noBroker;

  @Mixin final RecordingOptions recordings = new RecordingOptions();

  /**
   * Opens the history.
   *
   * @param err takes what a person should know
   * @throws ConfigException if it cannot be used; says why
   */
  HistoryInput open(PrintWriter err) throws ConfigException, InterruptedException {
    if (from == null && recordings.inputs.isEmpty()) {
      throw new ConfigException(
          "where the history is, is missing: --input FILE…, or --from influx with --config FILE");
    }
    Nameplates nameplates = Nameplates.NONE.withAll(attributes);
    if (attributesFile != null) {
      nameplates = nameplates.withFile(attributesFile);
    }
    if (from == null) {
      return recordings.open(this, nameplates);
    }
    if (!recordings.inputs.isEmpty()) {
      throw new ConfigException("--input and --from influx exclude each other");
    }
    MotorwatchConfig loaded = loaded();
    InfluxArchive archive = InfluxArchive.open(ConnectedOutputs.connection(loaded.influx()), tier);
    return HistoryInput.of(archive, this, published(loaded, nameplates, err), loaded);
  }

  private Nameplates published(MotorwatchConfig loaded, Nameplates given, PrintWriter err)
      throws InterruptedException {
    if (noBroker) {
      return given;
    }
    try {
      return given.withPublished(PublishedNameplates.ask(loaded.mqtt()));
    } catch (MqttUnreachableException e) {
      err.println(
          "motorwatch: without the nameplates that devices published: "
              + e.getMessage()
              + "; give them by --attributes FILE, or do not ask (--no-broker)");
      err.flush();
      return given;
    }
  }

  /** The config by which readings are evaluated. */
  MotorwatchConfig config(Path patterns) throws ConfigException {
    return HistoryConfig.of(config, overrides, patterns);
  }

  /** The pattern file named, else that of the config. */
  Path patterns(@Nullable Path named) throws ConfigException {
    if (named != null) {
      return named;
    }
    if (config == null) {
      throw new ConfigException("--patterns FILE is missing, and there is no --config to name one");
    }
    return loaded().patterns().file();
  }

  /** The config as the job has it. */
  MotorwatchConfig loaded() throws ConfigException {
    if (config == null) {
      throw new ConfigException("--from influx needs --config FILE, which names the database");
    }
    return ConfigLoader.load(config, overrides, System.getenv());
  }

  /**
   * The range asked for.
   *
   * @param all the range of what is not said
   */
  HistoryWindow window(HistoryWindow all) throws ConfigException {
    TimeOption times = new TimeOption(recordings.zone(), Clock.systemUTC());
    HistoryWindow window =
        new HistoryWindow(
            since == null ? all.since() : times.parse("--since", since),
            until == null ? all.until() : times.parse("--until", until));
    if (window.since() >= window.until() && since != null && until != null) {
      throw new ConfigException("--since must be before --until");
    }
    return window;
  }

  /** Whether a device is asked for. */
  boolean wants(DeviceId device) {
    return (sites.isEmpty() || sites.contains(device.site()))
        && (devices.isEmpty()
            || devices.contains(device.device())
            || devices.contains(device.path()));
  }
}
