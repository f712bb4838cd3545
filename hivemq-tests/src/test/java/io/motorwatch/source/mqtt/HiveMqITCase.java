package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.local.hivemq.LocalHiveMq;
import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
  static void endBroker() throws Exception {
    // In order it takes seconds to save what nobody needs any more.
    broker.kill();
  }

  @BeforeEach
  void start(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName() + System.nanoTime();
    jobs = new MqttJobs(folder, broker, broker.log());
    jobs.consumer = new Tally();
    Tally.reset();
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

  /** How fast is another question: see {@link BrokerRates}. */
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

  @Test
  void withAJournalManyWindowsArriveBeforeAnyCheckpoint() throws Exception {
    JobClient job = jobs.run(source(1).ackMode(AckMode.JOURNAL), 1, Duration.ofMinutes(10), null);
    awaitSubscribed();
    publish(0, 3000);
    awaitCount(3000);
    assertThat(Tally.numbers()).isEqualTo(upTo(3000));
    end(job);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void aTaskThatFailsOverAndOverGetsEachMessageOnceAndInOrder(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    JobClient job = jobs.run(source(1), 1, INTERVAL, null);
    awaitSubscribed();
    for (int from = 0; from < 900; from += 300) {
      Tally.FAIL_IN.set(130);
      publish(from, from + 300);
      await().until(() -> Tally.FAIL_IN.get() < 0);
    }
    awaitCount(900);
    assertThat(Tally.numbers()).isEqualTo(upTo(900));
    end(job);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void soDoesOneWhoseConnectionsAreCut(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    try (TcpProxy proxy = TcpProxy.to(broker.port())) {
      JobClient job = jobs.run(source(1).broker(BrokerAddress.of(proxy.uri())), 1, INTERVAL, null);
      awaitSubscribed();
      for (int from = 0; from < 900; from += 300) {
        publish(from, from + 300);
        int reached = from + 120;
        await().until(() -> Tally.numbers().size() >= reached);
        proxy.cut();
      }
      awaitCount(900);
      assertThat(Tally.numbers()).isEqualTo(upTo(900));
      end(job);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void soDoesOneWhoseBrokerIsRestarted(AckMode mode) throws Exception {
    jobs.ackMode = mode;
    JobClient job = jobs.run(source(1), 1, INTERVAL, null);
    awaitSubscribed();
    publish(0, 600);
    await().until(() -> Tally.numbers().size() >= 200);
    broker.restart();
    awaitCount(600);
    try (Publisher again = new Publisher(broker.port())) {
      again.publish(test + "/1", 600, 900);
    }
    awaitCount(900);
    assertThat(Tally.numbers()).isEqualTo(upTo(900));
    end(job);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKPOINT", "JOURNAL"})
  void sessionsThatShareASubscriptionGetEachMessageOnceAtAnyParallelism(AckMode mode)
      throws Exception {
    jobs.ackMode = mode;
    String savepoint = null;
    int published = 0;
    for (int parallelism : new int[] {1, 2}) {
      JobClient job = jobs.run(source(3), parallelism, INTERVAL, savepoint);
      awaitSubscribed();
      publish(published, published + 600);
      published += 600;
      awaitCount(published);
      savepoint = jobs.stop(job);
      publish(published, published + 100);
      published += 100;
    }
    JobClient job = jobs.run(source(3), 1, INTERVAL, savepoint);
    awaitCount(published);
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(published));
    end(job);
  }

  @Test
  void readsWhatIsRetainedAndTheLastWillOfADeviceThatIsCutOff() throws Exception {
    jobs.consumer = new Collector();
    jobs.publisher.retain(test + "/a/status", "retained");
    MqttSourceBuilder source =
        source(1)
            .telemetryFilters(List.of())
            .mixedFilters(List.of(test + "/+/+"), List.of(test + "/+/status"));
    JobClient job = jobs.run(source, 1, INTERVAL, null);
    await().until(() -> Collector.SEEN.contains("retained"));
    try (TcpProxy proxy = TcpProxy.to(broker.port())) {
      Mqtt5Client.builder()
          .identifier(test + "-device")
          .serverHost("127.0.0.1")
          .serverPort(proxy.port())
          .willPublish()
          .topic(test + "/a/status")
          .payload("gone".getBytes(StandardCharsets.UTF_8))
          .qos(MqttQos.AT_LEAST_ONCE)
          .applyWillPublish()
          .buildBlocking()
          .connect();
      jobs.publisher.publish(test + "/a/telemetry", 0, 1);
      await().until(() -> Collector.SEEN.contains("0"));
    }
    await().until(() -> Collector.SEEN.contains("gone"));
    assertThat(Collector.SEEN).containsExactly("retained", "0", "gone");
    end(job);
  }
}
