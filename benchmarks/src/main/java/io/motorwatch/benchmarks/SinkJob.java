package io.motorwatch.benchmarks;

import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxSink;
import io.motorwatch.sink.influx.InfluxSinkMetrics;
import io.motorwatch.tools.cluster.EmbeddedMetrics;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job of points made in it and the sink, with a checkpoint a second. */
final class SinkJob implements Writing {

  private final JobClient job;
  private final Future<JobExecutionResult> ended;
  private final TemporaryFolder checkpoints;

  private SinkJob(JobClient job, TemporaryFolder checkpoints) {
    this.job = job;
    this.ended = job.getJobExecutionResult();
    this.checkpoints = checkpoints;
  }

  /** Starts it. */
  static SinkJob start(String url, int batch, RateLimiterStrategy<?> rate) throws Exception {
    TemporaryFolder checkpoints = TemporaryFolder.create();
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    // What the database has not taken yet is more than fits into the job manager's memory.
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.path().toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.setString(
        "metrics.reporter.embedded.factory.class", EmbeddedMetrics.Factory.class.getName());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    // Over and over the points the bare loop writes, so that both cost the database the same.
    long different = (long) BareLoop.BATCHES * batch;
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number % different, Long.MAX_VALUE, rate, Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "points")
        .sinkTo(
            InfluxSink.<Long>builder()
                .connection(InfluxConnection.of(url, InfluxSinkBenchmark.DATABASE))
                .serializer(SinkPoints::point)
                .batchSize(batch)
                .build());
    return new SinkJob(env.executeAsync("influx-sink"), checkpoints);
  }

  @Override
  public long answered() {
    return EmbeddedMetrics.sum(InfluxSinkMetrics.POINTS_WRITTEN);
  }

  @Override
  public Future<?> ended() {
    return ended;
  }

  @Override
  public void close() throws Exception {
    try (checkpoints) {
      if (!ended.isDone()) {
        job.cancel().get(10, TimeUnit.SECONDS);
      }
    }
  }
}
