package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** What the job asks of Flink, on any cluster. */
public final class JobSettings {

  /** More key groups than subtasks will ever be; fixed, since savepoints depend on it. */
  public static final int MAX_PARALLELISM = 1024;

  /** What the job that does all is called, whoever starts it. */
  public static final String NAME = "motorwatch";

  /** An alert may wait this long for others on its way between tasks. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(2);

  private JobSettings() {}

  public static Configuration of(MotorwatchConfig config) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, NAME);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(config.checkpoint().intervalMs()));
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
    // A checkpoint does not wait behind readings that a database gone away holds up.
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    settings.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(1));
    Path dir = config.checkpoint().dir();
    if (dir != null) {
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(dir.resolve("checkpoints")));
      settings.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(dir.resolve("savepoints")));
    }
    return settings;
  }

  /** What a job with these branches is called: {@link #NAME}, or that and the branch. */
  public static String name(Branches branches) {
    return branches == Branches.BOTH ? NAME : NAME + " " + branches.name().toLowerCase(Locale.ROOT);
  }

  /** The settings to go on from a checkpoint or savepoint. */
  public static void resumeFrom(Configuration settings, @Nullable String path) {
    if (path != null) {
      settings.set(org.apache.flink.configuration.StateRecoveryOptions.SAVEPOINT_PATH, path);
    }
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().toUri().toString();
  }
}
