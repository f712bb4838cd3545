package io.motorwatch.benchmarks.scale;

import io.motorwatch.benchmarks.Backend;
import io.motorwatch.benchmarks.SyntheticFleet;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The very job, within this process, its messages made in the source and its results thrown away.
 * No checkpoints but those asked for.
 */
final class ScaledJob implements AutoCloseable {

  private static final Duration TRYING = Duration.ofMinutes(1);
  private static final Duration NO_CHECKPOINT = Duration.ofDays(1);

  private final JobClient client;

  private ScaledJob(JobClient client) {
    this.client = client;
  }

  /**
   * Starts it.
   *
   * @param managedMegabytes what RocksDB may use for its caches and buffers
   * @param from a savepoint to go on from
   */
  static ScaledJob start(
      MotorwatchConfig config,
      SyntheticFleet fleet,
      Backend backend,
      int managedMegabytes,
      Path folder,
      @Nullable Path from)
      throws Exception {
    Configuration settings = JobSettings.of(config);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NO_CHECKPOINT);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("running").toUri().toString());
    settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(managedMegabytes));
    JobSettings.resumeFrom(settings, from == null ? null : from.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    new MotorwatchTopology(
            config,
            Files.readString(config.patterns().file()),
            DiscardingOutputs.create(),
            MotorwatchTopology.Branches.BOTH)
        .build(
            env,
            new DataGeneratorSource<>(
                index -> Progress.next(fleet, index), Long.MAX_VALUE, MqttMessage.TYPE_INFO));
    return new ScaledJob(env.executeAsync("scale"));
  }

  /**
   * Takes a savepoint: a native one is all of the state in the backend's own form, as a full
   * checkpoint; a canonical one holds each entry as serialized. Tried again for a minute, as it is
   * refused until each of the job's tasks runs.
   */
  Path savepoint(Path folder, SavepointFormatType format) throws Exception {
    long until = System.nanoTime() + TRYING.toNanos();
    while (true) {
      try {
        return Path.of(
            URI.create(
                client
                    .triggerSavepoint(folder.toUri().toString(), format)
                    .get(10, TimeUnit.MINUTES)));
      } catch (ExecutionException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  static long bytes(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @Override
  public void close() throws Exception {
    client.cancel().get(1, TimeUnit.MINUTES);
    // It is reported before the tasks have ended, which still write files.
    client.getJobExecutionResult().handle((ok, error) -> true).get(1, TimeUnit.MINUTES);
  }
}
