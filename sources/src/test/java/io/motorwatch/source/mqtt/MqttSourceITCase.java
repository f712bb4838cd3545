package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.model.connection.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MqttSourceITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;

  private LocalMosquitto broker;
  private Publisher publisher;

  @BeforeEach
  void start() throws Exception {
    Collector.reset();
    broker = LocalMosquitto.start(folder.resolve("broker"));
    publisher = new Publisher(broker.port());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private MqttSource source(int sessions, int receiveMaximum) {
    return MqttSource.builder()
        .broker(BrokerAddress.of(broker.uri()))
        .clientIdPrefix("it")
        .telemetryFilters(List.of("t/+"))
        .sessions(sessions)
        .receiveMaximum(receiveMaximum)
        .reconnectBackoff(Duration.ofMillis(50), Duration.ofMillis(500))
        .build();
  }

  private JobClient run(MqttSource source, int parallelism, Duration interval, String savepoint)
      throws Exception {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("cp").toUri().toString());
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    if (savepoint != null) {
      config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "mqtt")
        .uid("mqtt")
        .map(new Collector())
        .uid("collector")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return env.executeAsync("mqtt source test");
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  /** Publishes one number again and again until the job sees it: then its sessions stand. */
  private void awaitSubscribed() {
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              publisher.publish("t/probe", -1, 0);
              return Collector.SEEN.contains("-1");
            });
  }

  @Test
  void acknowledgesOnlyAfterACheckpoint(@InjectMiniCluster MiniCluster cluster) throws Exception {
    JobClient job = run(source(1, 10), 1, Duration.ofHours(1), null);
    awaitSubscribed();
    int before = Collector.SEEN.size();
    publisher.publish("t/1", 0, 20);
    // The window is full of messages that no checkpoint holds.
    await().until(() -> Collector.SEEN.size() >= 10);
    await().during(Duration.ofMillis(500)).until(() -> Collector.SEEN.size() == 10);
    assertThat(before).isLessThan(10);
    cluster.triggerCheckpoint(job.getJobID()).get();
    await().until(() -> Collector.SEEN.containsAll(numbers(0, 20)));
    job.cancel().get();
  }

  @Test
  void losesNothingWhenTheJobFails() throws Exception {
    int count = 20_000;
    JobClient job = run(source(1, 500), 1, Duration.ofMillis(100), null);
    awaitSubscribed();
    for (int from = 0; from < count; from += 2000) {
      if (from % 4000 == 0) {
        Collector.FAIL_IN.set(700);
      }
      publisher.publish("t/1", from, from + 2000);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> new HashSet<>(Collector.SEEN).containsAll(numbers(0, count)));
    job.cancel().get();
  }

  @Test
  void redeliversNothingAfterStopWithSavepointAtAnotherParallelism() throws Exception {
    JobClient job = run(source(2, 500), 1, Duration.ofMillis(200), null);
    awaitSubscribed();
    publisher.publish("t/1", 0, 3000);
    await().until(() -> new HashSet<>(Collector.SEEN).containsAll(numbers(0, 3000)));
    String savepoint =
        job.stopWithSavepoint(
                false, folder.resolve("sp").toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    Collector.reset();
    publisher.publish("t/1", 3000, 4000);

    JobClient again = run(source(2, 500), 2, Duration.ofMillis(200), savepoint);
    await().until(() -> new HashSet<>(Collector.SEEN).containsAll(numbers(3000, 4000)));
    publisher.publish("t/1", 4000, 4100);
    await().until(() -> new HashSet<>(Collector.SEEN).containsAll(numbers(4000, 4100)));
    assertThat(Collector.SEEN).containsExactlyInAnyOrderElementsOf(numbers(3000, 4100));
    again.cancel().get();
  }
}
