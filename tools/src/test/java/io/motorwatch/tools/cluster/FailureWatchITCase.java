package io.motorwatch.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class FailureWatchITCase {

  /** The failures that are due: the second only once the first is reported. */
  private static final AtomicInteger DUE = new AtomicInteger();

  private static final AtomicInteger FAILED = new AtomicInteger();

  @Test
  void eachFailureIsReportedOnceAndTheJobRunsAgain() throws Exception {
    FAILED.set(0);
    DUE.set(1);
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    LocalCluster cluster = new LocalCluster();
    StreamExecutionEnvironment env = cluster.environment(settings);
    env.setParallelism(1);
    env.fromSource(
            new DataGeneratorSource<>(
                FailureWatchITCase::next,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(100),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .sinkTo(new DiscardingSink<>());
    List<String> reported = new ArrayList<>();
    JobClient job = env.executeAsync();
    try {
      JobRest rest = new JobRest("http://127.0.0.1:" + cluster.webPort(), job.getJobID());
      FailureWatch watch = new FailureWatch(rest);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                watch.next().ifPresent(reported::add);
                DUE.set(Math.min(2, 1 + reported.size()));
                return reported.size() >= 2 && rest.runs();
              });
      watch.next().ifPresent(reported::add);
    } finally {
      job.cancel().get();
    }
    assertThat(reported)
        .containsExactly(
            "the job failed, and Flink restarts it: failure 1 on purpose",
            "the job failed, and Flink restarts it: failure 2 on purpose");
  }

  private static Long next(Long index) {
    if (FAILED.get() < DUE.get()) {
      throw new IllegalStateException("failure " + FAILED.incrementAndGet() + " on purpose");
    }
    return index;
  }
}
