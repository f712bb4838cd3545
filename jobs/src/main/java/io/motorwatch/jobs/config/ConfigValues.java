package io.motorwatch.jobs.config;

import io.motorwatch.jobs.config.Settings.Setting;
import io.motorwatch.jobs.config.Settings.Strength;
import io.motorwatch.model.Durations;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is set, by type: every reader checks, and says what is wrong and where it was set. */
final class ConfigValues {

  private final Settings settings;
  private final Path folder;

  /**
   * @param folder of the config file: paths in it are relative to that
   */
  ConfigValues(Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** The one value of a key, where it is set; never empty. */
  Optional<String> find(String key) throws ConfigException {
    Optional<String> value = one(key);
    if (value.isPresent() && value.get().isBlank()) {
      throw fault(key, "must not be empty: leave it out, or write null, for its default");
    }
    return value;
  }

  private Optional<String> one(String key) throws ConfigException {
    Optional<Setting> setting = settings.find(key);
    if (setting.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> one = setting.get().value().one();
    if (one.isEmpty()) {
      throw fault(key, "takes one value, not a list");
    }
    return one;
  }

  String text(String key, String fallback) throws ConfigException {
    return find(key).orElse(fallback);
  }

  List<String> texts(String key, List<String> fallback) throws ConfigException {
    List<String> values = settings.find(key).isPresent() ? listed(key) : fallback;
    if (values.isEmpty()) {
      throw fault(key, "must list at least one");
    }
    return values;
  }

  /** What a key lists; nothing where it is not set. */
  List<String> listed(String key) {
    return settings.find(key).map(setting -> setting.value().list()).orElse(List.of());
  }

  boolean flag(String key, boolean fallback) throws ConfigException {
    String text = text(key, String.valueOf(fallback));
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(key, "must be true or false, not '" + text + "'");
    }
    return Boolean.parseBoolean(text);
  }

  long whole(String key, long fallback, long least, long most) throws ConfigException {
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

  /** A path relative to the config file's folder. */
  Path resolve(String path) {
    return folder.resolve(path).normalize();
  }

  @Nullable String file(String key) throws ConfigException {
    Optional<String> name = find(key);
    if (name.isEmpty()) {
      return null;
    }
    Path path = folder.resolve(name.get());
    requireFile(key, path);
    return path.toString();
  }

  void requireFile(String key, Path path) throws ConfigException {
    if (Files.isDirectory(path)) {
      throw fault(key, path + " is a folder; it takes a file");
    }
    if (!Files.isReadable(path)) {
      throw fault(key, "cannot read " + path);
    }
  }

  @Nullable Credentials credentials(String userKey, String passwordKey) throws ConfigException {
    Optional<String> user = find(userKey);
    // Nobody has an empty name or token, but an empty password some have.
    String password = secret(passwordKey, one(passwordKey));
    if (user.isEmpty()) {
      if (password != null && !password.isEmpty()) {
        throw fault(passwordKey, "a password without " + userKey);
      }
      return null;
    }
    return new Credentials(user.get(), Secret.of(password == null ? "" : password));
  }

  /** PEM files under a section such as {@code mqtt.tls}. */
  TlsFiles tls(String section) throws ConfigException {
    String certificate = file(section + ".cert");
    String key = file(section + ".key");
    if (certificate == null && key != null) {
      throw fault(section + ".key", "a key needs its certificate: give " + section + ".cert too");
    }
    return new TlsFiles(
        file(section + ".ca"), certificate, key, flag(section + ".hostname-verification", true));
  }

  /** The secret itself or its file, whichever is set from the stronger place; else the file. */
  @Nullable String secret(String key) throws ConfigException {
    return secret(key, find(key));
  }

  private @Nullable String secret(String key, Optional<String> plain) throws ConfigException {
    String fileKey = key + "-file";
    Optional<String> file = find(fileKey);
    if (file.isEmpty() || (plain.isPresent() && strength(key).compareTo(strength(fileKey)) > 0)) {
      return plain.orElse(null);
    }
    Path path = folder.resolve(file.get());
    requireFile(fileKey, path);
    String content;
    try {
      content = Files.readString(path).strip();
    } catch (IOException e) {
      throw fault(fileKey, "cannot read " + path);
    }
    if (content.isEmpty()) {
      throw fault(fileKey, path + " is empty");
    }
    return content;
  }

  private Strength strength(String key) {
    return settings.find(key).orElseThrow().strength();
  }
}
