package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.hivemq.LocalHiveMq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantees at a broker that is not Mosquitto: HiveMQ Community Edition, which sends no more
 * than 50 messages ahead of their acknowledgement, whatever Receive Maximum it is given.
 */
@Timeout(120)
class HiveMqITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration INTERVAL = Duration.ofMillis(50);

  @TempDir static Path home;

  /** One for all, since it takes seconds to start; each test has sessions of its own. */
  private static LocalHiveMq broker;

  @TempDir Path folder;

  private MqttJobs jobs;
  private String test;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalHiveMq.start(home);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName() + System.nanoTime();
    jobs = new MqttJobs(folder, broker, broker.log());
    jobs.consumer = new Tally();
    Tally.reset();
  }

  @AfterEach
  void stop() {
    jobs.publisher.close();
  }

  private MqttSourceBuilder source(int sessions) {
    return jobs.source(sessions, 65_534)
        .clientIdPrefix(test)
        .telemetryFilters(List.of(test + "/+"));
  }

  private void publish(int from, int to) {
    jobs.publisher.publish(test + "/1", from, to);
  }

  /** Publishes probes, which do not count, until one arrives: then the session stands. */
  private void awaitSubscribed() {
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              publish(-1, 0);
              return Tally.seenProbe();
            });
  }

  private static void awaitCount(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> Tally.numbers().size() >= count);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void end(JobClient job) throws Exception {
    job.cancel().get();
    await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
  }

  /** How fast is another question: see BrokerRates. */
  @ParameterizedTest
  @EnumSource(AckMode.class)
  void aBurstOfManyWindowsArrivesWholeAndInOrder(AckMode mode) throws Exception {
    JobClient job = jobs.run(source(1).ackMode(mode), 1, INTERVAL, null);
    awaitSubscribed();
    publish(0, 3000);
    awaitCount(3000);
    assertThat(Tally.numbers()).isEqualTo(upTo(3000));
    end(job);
  }
}
