package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The job's state has each message once, though the broker sends many of them again. */
@Timeout(120)
class OnceITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration INTERVAL = Duration.ofMillis(200);

  @TempDir Path folder;

  private MqttJobs jobs;

  @BeforeEach
  void start() throws Exception {
    jobs = new MqttJobs(folder);
    jobs.consumer = new Tally();
    Tally.reset();
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  private void awaitSubscribed(int sessions) {
    await().until(() -> jobs.logged("Sending SUBACK to it-") >= sessions);
  }

  private static void awaitCount(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> Tally.numbers().size() >= count);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private long sentAgain() throws IOException {
    return jobs.logged("Sending PUBLISH to it-0 (d1");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void aTaskThatFailsOverAndOverGetsEachMessageOnceAndInOrder(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    JobClient job = jobs.run(jobs.source(1, 1000), 1, INTERVAL, null);
    awaitSubscribed(1);
    for (int from = 0; from < 20_000; from += 4000) {
      Tally.FAIL_IN.set(2500);
      jobs.publisher.publish("t/1", from, from + 4000);
      await().until(() -> Tally.FAIL_IN.get() < 0);
    }
    awaitCount(20_000);
    assertThat(Tally.numbers()).isEqualTo(upTo(20_000));
    assertThat(sentAgain()).isPositive();
    job.cancel().get();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void soDoesOneWhoseConnectionsAreCut(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    try (TcpProxy proxy = TcpProxy.to(jobs.broker.port())) {
      MqttSourceBuilder source = jobs.source(1, 1000).broker(BrokerAddress.of(proxy.uri()));
      JobClient job = jobs.run(source, 1, INTERVAL, null);
      awaitSubscribed(1);
      for (int from = 0; from < 20_000; from += 4000) {
        jobs.publisher.publish("t/1", from, from + 4000);
        int reached = from + 1000;
        await().until(() -> Tally.numbers().size() >= reached);
        proxy.cut();
      }
      awaitCount(20_000);
      assertThat(Tally.numbers()).isEqualTo(upTo(20_000));
      if (mode == AckMode.CHECKPOINT) {
        // With a journal next to nothing is unacknowledged when the connection is cut.
        assertThat(sentAgain()).isPositive();
      }
      job.cancel().get();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void soDoesOneWhoseBrokerIsRestarted(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    JobClient job = jobs.run(jobs.source(1, 1000), 1, Duration.ofSeconds(1), null);
    awaitSubscribed(1);
    jobs.publisher.publish("t/1", 0, 4000);
    await().until(() -> Tally.numbers().size() >= 1500);
    jobs.broker.restart();
    awaitCount(4000);
    try (Publisher again = new Publisher(jobs.broker.port())) {
      again.publish("t/1", 4000, 5000);
    }
    awaitCount(5000);
    assertThat(Tally.numbers()).isEqualTo(upTo(5000));
    job.cancel().get();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void theSessionsTakeWhatMayComeAgainAlongToAnotherParallelism(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    String savepoint = null;
    int published = 0;
    for (int parallelism : new int[] {1, 3, 2}) {
      JobClient job = jobs.run(jobs.source(3, 500), parallelism, INTERVAL, savepoint);
      awaitSubscribed(3);
      jobs.publisher.publish("t/1", published, published + 3000);
      published += 3000;
      awaitCount(published - 1000);
      Tally.FAIL_IN.set(300);
      jobs.publisher.publish("t/1", published, published + 3000);
      published += 3000;
      awaitCount(published);
      savepoint = jobs.stop(job);
    }
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(published));
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void sessionsThatAreNoLongerConfiguredLeaveEachMessageOnce(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    JobClient job = jobs.run(jobs.source(3, 500), 2, INTERVAL, null);
    awaitSubscribed(3);
    jobs.publisher.publish("t/1", 0, 3000);
    awaitCount(2000);
    String savepoint = jobs.stop(job);
    jobs.publisher.publish("t/1", 3000, 6000);
    // Fails while the former sessions are drained, and once more.
    Tally.FAIL_IN.set(1500);
    JobClient fewer = jobs.run(jobs.source(1, 500), 2, INTERVAL, savepoint);
    await().until(() -> Tally.FAIL_IN.get() < 0);
    Tally.FAIL_IN.set(700);
    jobs.publisher.publish("t/1", 6000, 9000);
    awaitCount(9000);
    for (int former = 1; former < 3; former++) {
      String ended = "Received DISCONNECT from it-" + former;
      await().atMost(Duration.ofSeconds(30)).until(() -> jobs.logged(ended) >= 1);
    }
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(9000));
    fewer.cancel().get();
  }
}
