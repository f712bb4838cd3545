package io.motorwatch.tools.cluster;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job on a Flink cluster within this process, with Flink's web UI on a free loopback port.
 * Closing it ends the cluster, if the job has not ended it, and deletes what Flink kept in the
 * temporary folder.
 */
public final class EmbeddedJob implements AutoCloseable {

  private static final long POLL_MS = 50;
  private static final long LOOK_MS = 1_000;

  private final MotorwatchConfig config;
  private final JobClient client;

  /** Asked for at the start: the cluster goes away together with its job. */
  private final CompletableFuture<JobExecutionResult> result;

  private final LocalCluster cluster;
  private final ScratchFolder scratch;
  private final int restPort;
  private final @Nullable Path resumed;
  private final JobRest rest;
  private final FailureWatch watch;
  private volatile boolean wasReady;

  private EmbeddedJob(
      MotorwatchConfig config,
      JobClient client,
      LocalCluster cluster,
      ScratchFolder scratch,
      @Nullable Path resumed)
      throws ExecutionException, InterruptedException {
    this.config = config;
    this.client = client;
    this.result = client.getJobExecutionResult();
    this.cluster = cluster;
    this.scratch = scratch;
    this.restPort = cluster.webPort();
    this.resumed = resumed;
    this.rest = new JobRest(webUi(), client.getJobID());
    this.watch = new FailureWatch(rest);
  }

  /**
   * Starts the job.
   *
   * @param resume whether to go on from the newest checkpoint or savepoint in {@code
   *     checkpoint.dir}
   */
  public static EmbeddedJob start(MotorwatchConfig config, int parallelism, boolean resume)
      throws Exception {
    Configuration settings = FlinkConf.load();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    settings.setString("metrics.reporters", "embedded");
    settings.setString(
        "metrics.reporter.embedded.factory.class", EmbeddedMetrics.Factory.class.getName());
    Optional<Path> from = resume ? CheckpointFolder.newest(config.checkpoint()) : Optional.empty();
    JobSettings.resumeFrom(settings, from.map(path -> path.toUri().toString()).orElse(null));
    ScratchFolder scratch = ScratchFolder.create();
    settings.set(CoreOptions.TMP_DIRS, scratch.path().toString());
    settings.set(WebOptions.TMP_DIR, scratch.path().toString());
    try {
      LocalCluster cluster = new LocalCluster();
      StreamExecutionEnvironment env = cluster.environment(settings);
      env.setParallelism(parallelism);
      ConfiguredJob.addTo(env, config, Branches.BOTH);
      JobClient client = env.executeAsync();
      return new EmbeddedJob(config, client, cluster, scratch, from.orElse(null));
    } catch (Exception e) {
      scratch.delete();
      throw e;
    }
  }

  public String webUi() {
    return "http://127.0.0.1:" + restPort;
  }

  /** The checkpoint or savepoint it has gone on from. */
  public Optional<Path> resumed() {
    return Optional.ofNullable(resumed);
  }

  /** Whether {@link #awaitReady} has returned true: there is something to lose. */
  public boolean wasReady() {
    return wasReady;
  }

  private boolean subscribed() {
    return EmbeddedMetrics.sum(MqttSourceMetrics.SUBSCRIBED_SESSIONS) >= config.mqtt().sessions();
  }

  /**
   * Waits until every task is running and every MQTT session subscribed.
   *
   * @param failures gets each failure meanwhile, after which Flink restarts the job
   * @return false if the job ended instead
   */
  public boolean awaitReady(Consumer<String> failures) throws InterruptedException {
    while (!subscribed() || !rest.runs()) {
      watch.next().ifPresent(failures);
      if (ended()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    wasReady = true;
    return true;
  }

  /** Whether the job is over, one way or the other. */
  public boolean ended() throws InterruptedException {
    if (result.isDone()) {
      return true;
    }
    try {
      JobStatus status = client.getJobStatus().get(10, TimeUnit.SECONDS);
      return status.isGloballyTerminalState();
    } catch (TimeoutException e) {
      // Busy, but there.
      return false;
    } catch (ExecutionException | IllegalStateException e) {
      // The embedded cluster goes away together with its job.
      return true;
    }
  }

  /**
   * Waits for the end of the job; throws what it failed with.
   *
   * @param failures gets each failure after which Flink restarts the job
   */
  public void await(Consumer<String> failures) throws ExecutionException, InterruptedException {
    while (true) {
      try {
        result.get(LOOK_MS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        watch.next().ifPresent(failures);
      }
    }
  }

  /** Stops with a savepoint in {@code checkpoint.dir}; without one, simply stops. */
  public void stop(Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    Path dir = config.checkpoint().dir();
    if (dir == null) {
      client.cancel().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        client
            .stopWithSavepoint(
                false,
                dir.resolve("savepoints").toAbsolutePath().toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException e) {
        // While tasks are still being started, or restarted, there is no savepoint to be had.
        if (ended() || System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
  }

  /** Takes some seconds at most. A job that still runs is ended without a savepoint. */
  @Override
  public void close() {
    cluster.close();
    scratch.delete();
  }
}
