package io.motorwatch.sink;

import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Numbers from 0, at a rate, through a switchable failure into a sink; checkpointed. */
public final class TestJob {

  private final MiniCluster cluster;
  private final JobClient client;

  private TestJob(MiniCluster cluster, JobClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Starts the job on the mini cluster that the test environment points to. */
  public static TestJob start(MiniCluster cluster, Sink<Long> sink, long count, double perSecond)
      throws Exception {
    return start(cluster, sink, count, perSecond, false);
  }

  /** The same with barriers that overtake what waits before the sink. */
  public static TestJob startUnaligned(
      MiniCluster cluster, Sink<Long> sink, long count, double perSecond) throws Exception {
    return start(cluster, sink, count, perSecond, true);
  }

  private static TestJob start(
      MiniCluster cluster, Sink<Long> sink, long count, double perSecond, boolean unaligned)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    env.enableCheckpointing(200);
    env.getCheckpointConfig().enableUnalignedCheckpoints(unaligned);
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number, count, RateLimiterStrategy.perSecond(perSecond), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .map(new FailOnce())
        .returns(Types.LONG)
        .rebalance()
        .sinkTo(sink);
    return new TestJob(cluster, env.executeAsync("numbers"));
  }

  /** Checkpoints completed so far, over all attempts. */
  public long checkpoints() throws Exception {
    JobID id = client.getJobID();
    var stats = cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
    return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
  }

  /** Ends the job where it stands. */
  public void cancel() throws Exception {
    client.cancel().get();
  }

  /** Waits for the end of the numbers, and their last acknowledgement. */
  public void awaitEnd() throws Exception {
    client.getJobExecutionResult().get();
  }
}
