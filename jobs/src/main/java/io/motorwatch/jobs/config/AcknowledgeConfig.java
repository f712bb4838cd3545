package io.motorwatch.jobs.config;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the broker may forget a message: {@code mqtt.acknowledge} and {@code mqtt.journal}.
 *
 * @param journalDir where journals are, a path or URI; null: in {@code checkpoint.dir}
 */
public record AcknowledgeConfig(
    AckMode mode, @Nullable String journalDir, Duration flush, long maxBytes) {

  private static final String IN_CHECKPOINT_DIR = "journal";

  /**
   * Where the journals of a job with this state are. Without {@code mqtt.acknowledge: journal} one
   * left from before is read there.
   *
   * @return null if there is no place for them, and they are not wanted
   * @throws ConfigException if they are wanted
   */
  public @Nullable JournalOptions journal(CheckpointConfig checkpoint) throws ConfigException {
    Path state = checkpoint.dir();
    String dir =
        journalDir == null && state != null
            ? state.resolve(IN_CHECKPOINT_DIR).toUri().toString()
            : journalDir;
    if (dir != null) {
      return new JournalOptions(dir, flush, maxBytes);
    }
    if (mode == AckMode.JOURNAL) {
      throw new ConfigException(
          "mqtt.acknowledge: journal needs a folder: set checkpoint.dir, or mqtt.journal.dir");
    }
    return null;
  }
}
