package io.motorwatch.jobs.config;

import io.motorwatch.jobs.config.Settings.Setting;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.patterns.yaml.Durations;
import io.motorwatch.patterns.yaml.Suggestion;
import io.motorwatch.source.decode.KeyFile;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttVersion;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  private final Settings settings = new Settings();
  private final Path folder;

  private ConfigLoader(Path folder) {
    this.folder = folder;
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
      throw new ConfigException("cannot read the config file " + file + ": " + e.getMessage());
    }
  }

  private void refuseUnknownKeys() throws ConfigException {
    for (Map.Entry<String, Setting> entry : settings.all()) {
      if (!KEYS.contains(entry.getKey())) {
        throw new ConfigException(
            "unknown key "
                + entry.getKey()
                + " ("
                + entry.getValue().origin()
                + ")"
                + Suggestion.among(KEYS, entry.getKey()));
      }
    }
  }

  private MotorwatchConfig config() throws ConfigException {
    return new MotorwatchConfig(
        mqtt(),
        influx(),
        patterns(),
        timeline(),
        new TiersSection(this).read(),
        new CommandsConfig(flag("commands.enabled", false)),
        checkpoint());
  }

  private MqttConfig mqtt() throws ConfigException {
    List<String> topics = texts("mqtt.topics", List.of("site/{site}/device/{device}"));
    for (String topic : topics) {
      if (!topic.contains("{device}")) {
        throw fault("mqtt.topics", "'" + topic + "' must contain {device}");
      }
    }
    long sessions = whole("mqtt.sessions", 1, 1, 1000);
    return new MqttConfig(
        broker(),
        mqttVersion(),
        text("mqtt.client-id-prefix", "motorwatch"),
        topics,
        (int) sessions,
        (int) whole("mqtt.qos", 1, 0, 2),
        (int) whole("mqtt.receive-maximum", 16_384, 1, 65_534),
        acknowledge(),
        signingKeys());
  }

  private @Nullable KeyFile signingKeys() throws ConfigException {
    String key = "mqtt.signing.keys-file";
    String file = file(key);
    if (file == null) {
      return null;
    }
    try {
      return KeyFile.read(Path.of(file));
    } catch (CharacterCodingException e) {
      throw fault(key, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw fault(key, "cannot read " + file);
    } catch (IllegalArgumentException e) {
      throw fault(key, file + ", " + e.getMessage());
    }
  }

  private AckMode acknowledge() throws ConfigException {
    String text = text("mqtt.acknowledge", "checkpoint");
    return switch (text) {
      case "checkpoint" -> AckMode.CHECKPOINT;
      case "on-receive" -> AckMode.ON_RECEIVE;
      default ->
          throw fault("mqtt.acknowledge", "must be checkpoint or on-receive, not '" + text + "'");
    };
  }

  private MqttVersion mqttVersion() throws ConfigException {
    String text = text("mqtt.version", "auto");
    return switch (text) {
      case "auto" -> MqttVersion.AUTO;
      case "5" -> MqttVersion.V5;
      case "3" -> MqttVersion.V3;
      default -> throw fault("mqtt.version", "must be auto, 5 or 3, not '" + text + "'");
    };
  }

  private BrokerAddress broker() throws ConfigException {
    Credentials credentials = credentials("mqtt.username", "mqtt.password");
    try {
      URI uri = new URI(text("mqtt.uri", "tcp://127.0.0.1:1883"));
      return new BrokerAddress(uri, credentials, tls());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw fault("mqtt.uri", String.valueOf(e.getMessage()));
    }
  }

  private TlsFiles tls() throws ConfigException {
    String ca = file("mqtt.tls.ca");
    String certificate = file("mqtt.tls.cert");
    String key = file("mqtt.tls.key");
    if ((certificate == null) != (key == null)) {
      throw fault(
          certificate == null ? "mqtt.tls.key" : "mqtt.tls.cert",
          "mqtt.tls.cert and mqtt.tls.key belong together: give both");
    }
    return new TlsFiles(ca, certificate, key, flag("mqtt.tls.hostname-verification", true));
  }

  private @Nullable String file(String key) throws ConfigException {
    Optional<Setting> setting = settings.find(key);
    if (setting.isEmpty()) {
      return null;
    }
    Path path = folder.resolve(setting.get().values().get(0));
    if (!Files.isReadable(path)) {
      throw fault(key, "cannot read " + path);
    }
    return path.toString();
  }

  private InfluxConfig influx() throws ConfigException {
    String url = text("influx.url", "http://127.0.0.1:8086");
    if (!url.matches("https?://[^/@\\s]+(/.*)?")) {
      throw fault("influx.url", "must be http://host:port or https://host:port");
    }
    String api = text("influx.api", "auto");
    if (!api.matches("auto|v1|v2|v3")) {
      throw fault("influx.api", "must be auto, v1, v2 or v3, not '" + api + "'");
    }
    String token = secret("influx.token");
    return new InfluxConfig(
        url,
        InfluxConfig.Api.valueOf(api.toUpperCase(Locale.ROOT)),
        text("influx.database", "motorwatch"),
        settings.find("influx.org").map(setting -> setting.values().get(0)).orElse(null),
        token == null ? null : Secret.of(token),
        credentials("influx.username", "influx.password"),
        flag("influx.provision", true),
        (int) whole("influx.batch-size", 5000, 1, 100_000),
        millis("influx.flush-interval", 100, 1));
  }

  private @Nullable Credentials credentials(String userKey, String passwordKey)
      throws ConfigException {
    Optional<Setting> user = settings.find(userKey);
    String password = secret(passwordKey);
    if (user.isEmpty()) {
      if (password != null) {
        throw fault(passwordKey, "a password without " + userKey);
      }
      return null;
    }
    return new Credentials(user.get().values().get(0), Secret.of(password == null ? "" : password));
  }

  /** The secret itself or its file, whichever is set from the stronger place; else the file. */
  private @Nullable String secret(String key) throws ConfigException {
    Optional<Setting> plain = settings.find(key);
    Optional<Setting> file = settings.find(key + "-file");
    if (file.isPresent()
        && (plain.isEmpty() || file.get().strength().compareTo(plain.get().strength()) >= 0)) {
      Path path = folder.resolve(file.get().values().get(0));
      try {
        return Files.readString(path).strip();
      } catch (IOException e) {
        throw fault(key + "-file", "cannot read " + path);
      }
    }
    return plain.map(setting -> setting.values().get(0)).orElse(null);
  }

  private PatternsConfig patterns() throws ConfigException {
    Path file = folder.resolve(text("patterns.file", "conf/patterns.yaml"));
    // The shipped file names conf/patterns.yaml, as does one that itself lies in conf/.
    if (!Files.exists(file) && folder.getParent() != null) {
      Path beside = folder.getParent().resolve(text("patterns.file", "conf/patterns.yaml"));
      file = Files.exists(beside) ? beside : file;
    }
    if (!Files.isReadable(file)) {
      throw fault("patterns.file", "cannot read " + file);
    }
    return new PatternsConfig(file, flag("patterns.live", true));
  }

  private TimelineConfig timeline() throws ConfigException {
    String oldest = text("timeline.oldest", "2000-01-01T00:00:00Z");
    long oldestMillis;
    try {
      oldestMillis = Instant.parse(oldest).toEpochMilli();
    } catch (java.time.format.DateTimeParseException e) {
      throw fault("timeline.oldest", "must be a time like 2000-01-01T00:00:00Z, not " + oldest);
    }
    return new TimelineConfig(
        millis("timeline.max-future", 60_000, 0),
        millis("timeline.reorder-window", 0, 0),
        millis("timeline.max-field-age", 60_000, 1),
        millis("timeline.silent-after", 60_000, 100),
        millis("timeline.forget-after", Duration.ofDays(30).toMillis(), 1000),
        millis("timeline.clock-back-after", Duration.ofMinutes(5).toMillis(), 1),
        (int) whole("timeline.rejected-per-minute", 60, 1, 1_000_000),
        oldestMillis);
  }

  private CheckpointConfig checkpoint() throws ConfigException {
    Optional<Setting> dir = settings.find("checkpoint.dir");
    return new CheckpointConfig(
        millis("checkpoint.interval", 2000, 10),
        dir.map(setting -> folder.resolve(setting.values().get(0)).normalize()).orElse(null));
  }

  String text(String key, String fallback) {
    return settings.find(key).map(setting -> setting.values().get(0)).orElse(fallback);
  }

  private List<String> texts(String key, List<String> fallback) throws ConfigException {
    List<String> values = settings.find(key).map(Setting::values).orElse(fallback);
    if (values.isEmpty()) {
      throw fault(key, "must list at least one");
    }
    return values;
  }

  /** What a key lists; nothing where it is not set. */
  List<String> listed(String key) {
    return settings.find(key).map(Setting::values).orElse(List.of());
  }

  boolean flag(String key, boolean fallback) throws ConfigException {
    String text = text(key, String.valueOf(fallback));
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(key, "must be true or false, not '" + text + "'");
    }
    return Boolean.parseBoolean(text);
  }

  private long whole(String key, long fallback, long least, long most) throws ConfigException {
    String text = text(key, String.valueOf(fallback));
    if (text.matches("\\d{1,9}")) {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw fault(
        key, "must be a whole number from " + least + " to " + most + ", not '" + text + "'");
  }

  long millis(String key, long fallback, long least) throws ConfigException {
    String text = text(key, fallback + "ms");
    OptionalLong millis = Durations.parseMillis(text);
    if (millis.isEmpty()) {
      throw fault(
          key, "must be a duration such as 100ms, 30s, 15m, 24h or 30d, not '" + text + "'");
    }
    if (millis.getAsLong() < least) {
      throw fault(key, "must be at least " + Durations.format(least));
    }
    return millis.getAsLong();
  }

  ConfigException fault(String key, String what) {
    String origin =
        settings.find(key).map(setting -> " (" + setting.origin() + ")").orElse(" (default)");
    return new ConfigException(key + origin + ": " + what);
  }
}
