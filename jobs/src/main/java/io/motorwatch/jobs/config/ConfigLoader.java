package io.motorwatch.jobs.config;

import io.motorwatch.jobs.config.Settings.Setting;
import io.motorwatch.patterns.yaml.Suggestion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and checks the config. Every key can be overridden by environment and by {@code --set};
 * secrets can be given as files by the key with {@code -file} appended. Paths are relative to the
 * file's folder.
 */
public final class ConfigLoader {

  /** Every key, as contract §5 has them. */
  static final List<String> KEYS =
      List.of(
          "mqtt.uri",
          "mqtt.version",
          "mqtt.client-id-prefix",
          "mqtt.topics",
          "mqtt.sessions",
          "mqtt.qos",
          "mqtt.receive-maximum",
          "mqtt.acknowledge",
          "mqtt.journal.dir",
          "mqtt.journal.flush",
          "mqtt.journal.max-size",
          "mqtt.journal.older-state",
          "mqtt.username",
          "mqtt.password",
          "mqtt.password-file",
          "mqtt.signing.keys-file",
          "mqtt.tls.ca",
          "mqtt.tls.cert",
          "mqtt.tls.key",
          "mqtt.tls.hostname-verification",
          "influx.url",
          "influx.api",
          "influx.database",
          "influx.org",
          "influx.token",
          "influx.token-file",
          "influx.username",
          "influx.password",
          "influx.password-file",
          "influx.tls.ca",
          "influx.tls.cert",
          "influx.tls.key",
          "influx.tls.hostname-verification",
          "influx.provision",
          "influx.batch-size",
          "influx.flush-interval",
          "patterns.file",
          "patterns.live",
          "timeline.max-future",
          "timeline.reorder-window",
          "timeline.max-field-age",
          "timeline.silent-after",
          "timeline.forget-after",
          "timeline.clock-back-after",
          "timeline.rejected-per-minute",
          "timeline.oldest",
          "tiers.hot.keep",
          "tiers.warm.every",
          "tiers.warm.keep",
          "tiers.warm.stddev",
          "tiers.warm.quantiles",
          "tiers.cold.every",
          "tiers.cold.keep",
          "tiers.cold.stddev",
          "tiers.cold.quantiles",
          "tiers.archive.every",
          "tiers.archive.keep",
          "tiers.archive.stddev",
          "tiers.archive.quantiles",
          "tiers.events.keep",
          "tiers.late",
          "tiers.time-zone",
          "tiers.spread",
          "commands.enabled",
          "checkpoint.interval",
          "checkpoint.dir");

  /** Where {@code run} keeps state unless it is set otherwise. */
  private static final String STATE_FOLDER = "motorwatch-state";

  private final Settings settings = new Settings();
  private final Path folder;
  private final ConfigValues values;

  private ConfigLoader(Path folder) {
    this.folder = folder;
    this.values = new ConfigValues(settings, folder);
  }

  /**
   * The config of a file with what overrides it.
   *
   * @param overrides {@code key=value} each
   * @throws ConfigException naming the key and where it was set
   */
  public static MotorwatchConfig load(
      Path file, List<String> overrides, Map<String, String> environment) throws ConfigException {
    Path parent = file.toAbsolutePath().getParent();
    ConfigLoader loader = new ConfigLoader(parent == null ? Path.of("/") : parent);
    loader.settings.addFile(file.toString(), read(file));
    loader.settings.addEnvironment(environment, KEYS);
    for (String override : overrides) {
      loader.settings.addOverride(override);
    }
    loader.refuseUnknownKeys();
    return loader.config();
  }

  /**
   * The defaults with what overrides them, without any file; paths are relative to where we are.
   *
   * @param overrides {@code key=value} each
   * @throws ConfigException naming the key
   */
  public static MotorwatchConfig defaults(List<String> overrides) throws ConfigException {
    ConfigLoader loader = new ConfigLoader(Path.of("").toAbsolutePath());
    for (String override : overrides) {
      loader.settings.addOverride(override);
    }
    loader.refuseUnknownKeys();
    return loader.config();
  }

  private static String read(Path file) throws ConfigException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException("no config file " + file);
    } catch (CharacterCodingException e) {
      throw new ConfigException("the config file " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(
          "cannot read the config file " + file + ": is it a file, and may you read it?");
    }
  }

  private void refuseUnknownKeys() throws ConfigException {
    for (Map.Entry<String, Setting> entry : settings.all()) {
      refuseUnknown(entry.getKey(), entry.getValue().origin());
    }
    for (Map.Entry<String, String> entry : settings.leftOut().entrySet()) {
      String key = entry.getKey();
      // A section may have nothing under it.
      if (KEYS.stream().noneMatch(known -> known.startsWith(key + "."))) {
        refuseUnknown(key, entry.getValue());
      }
    }
  }

  private static void refuseUnknown(String key, String origin) throws ConfigException {
    if (!KEYS.contains(key)) {
      throw new ConfigException(
          "unknown key " + key + " (" + origin + ")" + Suggestion.among(KEYS, key));
    }
  }

  private MotorwatchConfig config() throws ConfigException {
    return new MotorwatchConfig(
        new MqttSection(values).read(),
        new InfluxSection(values).read(),
        patterns(),
        new TimelineSection(values).read(),
        new TiersSection(values).read(),
        new CommandsConfig(values.flag("commands.enabled", false)),
        checkpoint());
  }

  private PatternsConfig patterns() throws ConfigException {
    Path file = folder.resolve(values.text("patterns.file", "conf/patterns.yaml"));
    // The shipped file names conf/patterns.yaml, as does one that itself lies in conf/.
    if (!Files.exists(file) && folder.getParent() != null) {
      Path beside = folder.getParent().resolve(values.text("patterns.file", "conf/patterns.yaml"));
      file = Files.exists(beside) ? beside : file;
    }
    values.requireFile("patterns.file", file);
    return new PatternsConfig(file, values.flag("patterns.live", true));
  }

  private CheckpointConfig checkpoint() throws ConfigException {
    Optional<String> dir = values.find("checkpoint.dir");
    return new CheckpointConfig(
        values.millis("checkpoint.interval", 2000, 10),
        dir.map(name -> folder.resolve(name).normalize()).orElse(null),
        folder.resolve(STATE_FOLDER));
  }
}
