package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.Mqtt311OnlyBroker;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishProbe;
import io.motorwatch.sink.FailOnce;
import io.motorwatch.sink.TestJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink in a job, against a real broker that goes away and comes back. */
@Timeout(60)
class MqttSinkITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long COUNT = 2_000;

  @TempDir Path folder;
  private LocalMosquitto broker;

  @BeforeEach
  void start() throws Exception {
    FailOnce.disarm();
    broker = LocalMosquitto.start(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private MqttSink<Long> sink() {
    return sink(BrokerAddress.of(broker.uri()), MqttVersion.AUTO);
  }

  private static MqttSink<Long> sink(BrokerAddress address, MqttVersion version) {
    return MqttSink.<Long>builder()
        .broker(address)
        .mqttVersion(version)
        .clientId("sink-test")
        .serializer(
            (number, out) -> {
              byte[] text = number.toString().getBytes(StandardCharsets.UTF_8);
              out.accept(new OutgoingMessage("n", text, 1, false));
              out.accept(new OutgoingMessage("all/" + number, text, 1, true));
              out.accept(new OutgoingMessage("newest/" + number % 3, text, 1, true));
            })
        .build();
  }

  private static List<String> numbers() {
    return LongStream.range(0, COUNT).mapToObj(number -> "n " + number).toList();
  }

  @Test
  void shouldPublishEverythingInOrderAndRetainTheNewest(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    try (Subscriber subscriber = new Subscriber(BrokerAddress.of(broker.uri()), "n")) {
      TestJob.start(cluster, sink(), COUNT, 2_000).awaitEnd();
      await().until(() -> subscriber.received().size() >= COUNT);
      assertThat(subscriber.received()).isEqualTo(numbers());
    }
    try (Subscriber late = new Subscriber(BrokerAddress.of(broker.uri()), "newest/#")) {
      await().until(() -> late.received().size() >= 3);
      assertThat(late.received())
          .containsExactlyInAnyOrder(
              "retained newest/0 1998", "retained newest/1 1999", "retained newest/2 1997");
    }
  }

  @Test
  void shouldKeepMessagesWhileTheBrokerIsAwayAndTheJobFails(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    TestJob job = TestJob.start(cluster, sink(), COUNT, 400);
    try (Subscriber before = new Subscriber(BrokerAddress.of(broker.uri()), "n")) {
      await().until(() -> before.received().size() >= 100);
    }
    broker.stop();
    long checkpoints = job.checkpoints();
    // What was published since is with no broker, and the source is past it: only state has it.
    await().atMost(Duration.ofSeconds(20)).until(() -> job.checkpoints() >= checkpoints + 3);
    FailOnce.arm();
    await().until(() -> !FailOnce.armed());
    broker.restart();
    job.awaitEnd();
    try (Subscriber after = new Subscriber(BrokerAddress.of(broker.uri()), "all/#")) {
      List<String> all =
          LongStream.range(0, COUNT).mapToObj(n -> "retained all/" + n + " " + n).toList();
      await()
          .untilAsserted(
              () -> assertThat(after.received()).containsExactlyInAnyOrderElementsOf(all));
    }
  }

  @Test
  void speaksTheOlderVersionWhereTheBrokerKnowsNoOther(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port());
        Subscriber subscriber = new Subscriber(BrokerAddress.of(broker.uri()), "n")) {
      BrokerAddress address = BrokerAddress.of(old.uri());
      TestJob.start(cluster, sink(address, MqttVersion.AUTO), COUNT, 2_000).awaitEnd();
      await().until(() -> subscriber.received().size() >= COUNT);
      assertThat(subscriber.received()).isEqualTo(numbers());
      assertThat(old.refused()).isPositive();
      int refused = old.refused();
      TestJob.start(cluster, sink(address, MqttVersion.V3), COUNT, 2_000).awaitEnd();
      await().until(() -> subscriber.received().size() >= 2 * COUNT);
      assertThat(old.refused()).isEqualTo(refused);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mqtt311OnlyBroker.Manner.class,
      names = {"CLOSES", "KEEPS_SILENT"})
  void speaksTheOlderVersionWhereTheNewerIsNotAnswered(
      Mqtt311OnlyBroker.Manner manner, @InjectMiniCluster MiniCluster cluster) throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port(), manner);
        Subscriber subscriber = new Subscriber(BrokerAddress.of(broker.uri()), "n")) {
      BrokerAddress address = BrokerAddress.of(old.uri());
      PublishProbe.connectOnce(address, MqttVersion.AUTO, Duration.ofSeconds(10));
      TestJob.start(cluster, sink(address, MqttVersion.AUTO), COUNT, 2_000).awaitEnd();
      await().until(() -> subscriber.received().size() >= COUNT);
      assertThat(subscriber.received()).isEqualTo(numbers());
      // Once by the probe, once by each of the job's writers.
      assertThat(old.refused()).isEqualTo(2);
    }
  }

  @Test
  void givesUpTheOneMessageForWhichTheBrokerHangsUpAndNoOther(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    try (DisconnectingBroker disconnecting = new DisconnectingBroker(broker.port(), "all/1000");
        Subscriber every = new Subscriber(BrokerAddress.of(broker.uri()), "n");
        Subscriber denied = new Subscriber(BrokerAddress.of(broker.uri()), "all/#")) {
      TestJob.start(
              cluster, sink(BrokerAddress.of(disconnecting.uri()), MqttVersion.V3), COUNT, 2_000)
          .awaitEnd();
      await().until(() -> new TreeSet<>(every.received()).size() >= COUNT);
      await().until(() -> new TreeSet<>(denied.received()).size() >= COUNT - 1);
      assertThat(denied.received()).doesNotContain("all/1000 1000").contains("all/1001 1001");
      assertThat(disconnecting.ended())
          .isGreaterThanOrEqualTo(PoisonMessageDetector.TOGETHER + PoisonMessageDetector.ALONE);
    }
  }
}
