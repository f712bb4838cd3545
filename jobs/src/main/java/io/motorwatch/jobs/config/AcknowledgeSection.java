package io.motorwatch.jobs.config;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.OlderState;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks {@code mqtt.acknowledge} and {@code mqtt.journal}. */
final class AcknowledgeSection {

  private static final String DIR = "mqtt.journal.dir";
  private static final String FLUSH = "mqtt.journal.flush";
  private static final String MAX_SIZE = "mqtt.journal.max-size";
  private static final String OLDER_STATE = "mqtt.journal.older-state";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*(MB|GB)");
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:/.*");

  private final ConfigValues values;

  AcknowledgeSection(ConfigValues values) {
    this.values = values;
  }

  AcknowledgeConfig read() throws ConfigException {
    AcknowledgeConfig read =
        new AcknowledgeConfig(mode(), dir(), flush(), maxBytes(), olderState());
    String dir = read.journalDir();
    if (dir != null) {
      try {
        read.options(dir);
      } catch (IllegalArgumentException e) {
        throw values.fault(DIR, String.valueOf(e.getMessage()));
      }
    }
    return read;
  }

  /** Null: {@code auto}. */
  private @Nullable AckMode mode() throws ConfigException {
    String text = values.text("mqtt.acknowledge", "auto");
    return switch (text) {
      case "auto" -> null;
      case "checkpoint" -> AckMode.CHECKPOINT;
      case "journal" -> AckMode.JOURNAL;
      case "on-receive" -> AckMode.ON_RECEIVE;
      default ->
          throw values.fault(
              "mqtt.acknowledge",
              "must be auto, journal, checkpoint or on-receive, not '" + text + "'");
    };
  }

  private @Nullable Duration flush() throws ConfigException {
    return values.find(FLUSH).isPresent() ? Duration.ofMillis(values.millis(FLUSH, 0, 0)) : null;
  }

  private OlderState olderState() throws ConfigException {
    String text = values.text(OLDER_STATE, "refuse");
    return switch (text) {
      case "refuse" -> OlderState.REFUSE;
      case "accept" -> OlderState.ACCEPT;
      default -> throw values.fault(OLDER_STATE, "must be refuse or accept, not '" + text + "'");
    };
  }

  private @Nullable String dir() throws ConfigException {
    String text = values.find(DIR).orElse(null);
    return text == null || SCHEME.matcher(text).matches()
        ? text
        : values.resolve(text).toUri().toString();
  }

  private long maxBytes() throws ConfigException {
    String text = values.text(MAX_SIZE, "1GB");
    Matcher size = SIZE.matcher(text);
    long number = size.matches() ? Long.parseLong(size.group(1)) : 0;
    if (number < 1) {
      throw values.fault(MAX_SIZE, "must be a size such as 200MB or 1GB, not '" + text + "'");
    }
    return number << (size.group(2).equals("GB") ? 30 : 20);
  }
}
