package io.motorwatch.jobs.config;

import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlNode.Sequence;
import io.motorwatch.patterns.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings by dotted key, from three places in growing order of strength: the file, the environment
 * ({@code MOTORWATCH_INFLUX_TOKEN} for {@code influx.token}), the command line ({@code --set
 * influx.token=…}). Each remembers where it came from, for messages.
 */
final class Settings {

  private static final String ENVIRONMENT_PREFIX = "MOTORWATCH_";

  /**
   * A setting.
   *
   * @param origin for messages: {@code motorwatch.yaml line 3}, {@code --set}, …
   */
  record Setting(SettingValue value, Strength strength, String origin) {}

  /** Where a setting can come from, the weakest first. */
  enum Strength {
    FILE,
    ENVIRONMENT,
    COMMAND_LINE
  }

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  Optional<Setting> find(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  Iterable<Map.Entry<String, Setting>> all() {
    return settings.entrySet();
  }

  /** Keys set to null, and where; they too may be misspelt. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  void addFile(String name, String text) throws ConfigException {
    try {
      YamlNode root = YamlReader.read(text);
      if (!(root instanceof Mapping mapping)) {
        throw new ConfigException(name + " must hold a mapping of keys, not " + root.kind());
      }
      flatten(name, "", mapping);
    } catch (InvalidFileException e) {
      throw new ConfigException(name + ", " + e.getMessage());
    }
  }

  private void flatten(String file, String prefix, Mapping mapping) throws ConfigException {
    for (Map.Entry<Scalar, YamlNode> entry : mapping.entries().entrySet()) {
      String key = prefix + entry.getKey().text();
      YamlNode value = entry.getValue();
      String origin = file + " " + at(entry.getKey().position());
      if (value instanceof Mapping inner) {
        flatten(file, key + ".", inner);
      } else if (value instanceof Scalar scalar) {
        if (scalar.isNull()) {
          leftOut.put(key, origin);
        } else {
          settings.put(
              key, new Setting(new SettingValue.Single(scalar.text()), Strength.FILE, origin));
        }
      } else if (value instanceof Sequence sequence) {
        settings.put(
            key,
            new Setting(
                new SettingValue.Several(texts(sequence, key, origin)), Strength.FILE, origin));
      }
    }
  }

  private static List<String> texts(Sequence sequence, String key, String origin)
      throws ConfigException {
    for (YamlNode item : sequence.items()) {
      if (!(item instanceof Scalar)) {
        throw new ConfigException(key + " (" + origin + ") must list single values");
      }
    }
    return sequence.items().stream().map(item -> ((Scalar) item).text()).toList();
  }

  private static String at(Position position) {
    return "line " + position.line();
  }

  /**
   * Takes the variables of known keys; others of our prefix may mean something to a launcher. An
   * empty one counts as not set: compose makes such of a variable nobody gave a value.
   */
  void addEnvironment(Map<String, String> environment, Iterable<String> knownKeys) {
    for (String key : knownKeys) {
      String variable =
          ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        settings.put(
            key,
            new Setting(
                new SettingValue.Typed(value),
                Strength.ENVIRONMENT,
                "environment variable " + variable));
      }
    }
  }

  /** Takes {@code key=value}; {@code key=null} takes back what the file or environment set. */
  void addOverride(String assignment) throws ConfigException {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException("--set takes key=value, not '" + assignment + "'");
    }
    String key = assignment.substring(0, equals).trim();
    String value = assignment.substring(equals + 1);
    if (value.equals("null")) {
      settings.remove(key);
      leftOut.put(key, "--set");
    } else {
      settings.put(key, new Setting(new SettingValue.Typed(value), Strength.COMMAND_LINE, "--set"));
    }
  }
}
