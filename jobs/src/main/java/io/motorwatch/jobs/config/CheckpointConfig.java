package io.motorwatch.jobs.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code checkpoint}.
 *
 * @param dir where checkpoints and savepoints are kept; null where it is not set: on a cluster the
 *     cluster's own place counts then, and {@code run} takes the usual folder
 * @param usual the folder {@code run} takes where none is set, beside the config
 */
public record CheckpointConfig(long intervalMs, @Nullable Path dir, Path usual) {

  /** With a folder in any case. */
  public CheckpointConfig withFolder() {
    return dir == null ? new CheckpointConfig(intervalMs, usual, usual) : this;
  }

  /** In memory only: what is under way is lost with the process. */
  public CheckpointConfig inMemory() {
    return new CheckpointConfig(intervalMs, null, usual);
  }
}
