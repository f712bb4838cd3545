package io.motorwatch.jobs.config;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.OlderState;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the broker may forget a message: {@code mqtt.acknowledge} and {@code mqtt.journal}.
 *
 * @param mode null: {@code auto}
 * @param journalDir where journals are, a path or URI; null: beside the checkpoints
 * @param flush null: as it suits the file system
 */
public record AcknowledgeConfig(
    @Nullable AckMode mode,
    @Nullable String journalDir,
    @Nullable Duration flush,
    long maxBytes,
    OlderState olderState) {

  private static final String IN_CHECKPOINT_DIR = "journal";

  /** There, other jobs have folders of their own too, and other clusters their jobs. */
  private static final String IN_FLINKS_DIR = "motorwatch-journal";

  /**
   * How a job with this state is to acknowledge. With {@code auto} by a journal wherever there is a
   * place that outlives a failure as the checkpoints do: all that may resume a checkpoint must
   * reach its folder, and so they reach the journal in it.
   *
   * @param flinksDir where Flink keeps checkpoints if the config does not say; null: in memory
   * @param broker whose sessions these are: two plants may have one place for checkpoints
   * @throws ConfigException if a journal is wanted and there is no place for it
   */
  public Acknowledgement decide(
      CheckpointConfig checkpoint, @Nullable String flinksDir, BrokerAddress broker)
      throws ConfigException {
    JournalOptions journal = journal(checkpoint, flinksDir, broker);
    if (mode == AckMode.JOURNAL && journal == null) {
      throw new ConfigException(
          "mqtt.acknowledge: journal needs a folder: set checkpoint.dir, or mqtt.journal.dir");
    }
    if (mode != null) {
      return new Acknowledgement(mode, journal, "mqtt.acknowledge");
    }
    return journal == null
        ? new Acknowledgement(
            AckMode.CHECKPOINT, null, "auto: no folder that a journal could be in")
        : new Acknowledgement(AckMode.JOURNAL, journal, "auto");
  }

  private @Nullable JournalOptions journal(
      CheckpointConfig checkpoint, @Nullable String flinksDir, BrokerAddress broker)
      throws ConfigException {
    Path state = checkpoint.dir();
    String dir = journalDir;
    if (dir == null && state != null) {
      dir = state.resolve(IN_CHECKPOINT_DIR).toUri().toString();
    } else if (dir == null && flinksDir != null) {
      String host = broker.host().replaceAll("[^A-Za-z0-9.-]", "_");
      dir =
          flinksDir
              + (flinksDir.endsWith("/") ? "" : "/")
              + IN_FLINKS_DIR
              + "/"
              + host
              + "-"
              + broker.port();
    }
    if (dir == null) {
      return null;
    }
    try {
      return options(dir);
    } catch (IllegalArgumentException e) {
      if (mode == AckMode.JOURNAL) {
        throw new ConfigException("mqtt.acknowledge: " + e.getMessage());
      }
      // Flink may keep checkpoints where a journal cannot be.
      return null;
    }
  }

  /**
   * Of journals in a folder.
   *
   * @throws IllegalArgumentException if they cannot be there
   */
  JournalOptions options(String dir) {
    return new JournalOptions(
        dir, flush == null ? JournalOptions.defaultFlush(dir) : flush, maxBytes, olderState);
  }
}
