package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.hivemq.HiveMqOptions;
import io.motorwatch.local.hivemq.LocalHiveMq;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.source.mqtt.Publisher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of brokers in docs/mqtt-source.md says of windows and queues. */
@Timeout(60)
class BrokerLimitsITCase {

  private static final int HIVEMQ_WINDOW = 50;
  private static final int MOSQUITTO_DEFAULT_WINDOW = 20;

  @TempDir static Path home;
  private static LocalHiveMq hiveMq;

  @TempDir Path folder;

  @BeforeAll
  static void startHiveMq() throws Exception {
    hiveMq =
        LocalHiveMq.start(
            home,
            HiveMqOptions.unlimited()
                .withMaxQueueSize(1000)
                .withPasswords(Map.of("ana", "right-horse")));
  }

  @AfterAll
  static void endHiveMq() throws Exception {
    // In order it takes seconds to save what nobody needs any more.
    hiveMq.kill();
  }

  private static void publish(int port, String topic, int count) {
    try (Publisher publisher = new Publisher(port)) {
      publisher.publish(topic, 0, count);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void hiveMqSendsFiftyAheadOfTheirAcknowledgementAndThenAtMostFiftyMore(Protocol protocol)
      throws Exception {
    String topic = "window/" + protocol.name();
    // While messages come in it may send a part of its window only: so they wait for the session.
    HeldMessages.subscribe(hiveMq.uri(), protocol, protocol.name(), topic).close();
    publish(hiveMq.port(), topic, 200);
    try (HeldMessages client =
        HeldMessages.subscribe(hiveMq.uri(), protocol, protocol.name(), topic)) {
      assertThat(client.awaitQuiet(HIVEMQ_WINDOW)).isEqualTo(HIVEMQ_WINDOW);
      client.acknowledgeAll();
      assertThat(client.awaitQuiet(HIVEMQ_WINDOW + 1))
          .isBetween(HIVEMQ_WINDOW + 1, 2 * HIVEMQ_WINDOW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"queue/a", "$share/group/queue/b"})
  void hiveMqDiscardsWhatComesWhenTheQueueOfAnAbsentSessionIsFull(String filter) throws Exception {
    String topic = filter.substring(filter.indexOf("queue"));
    String clientId = "absent-from-" + topic;
    HeldMessages.subscribe(hiveMq.uri(), Protocol.MQTT_5, clientId, filter).close();
    publish(hiveMq.port(), topic, 1200);
    try (HeldMessages client =
        HeldMessages.subscribe(hiveMq.uri(), Protocol.MQTT_5, clientId, filter)) {
      assertThat(client.drain(1000)).hasSize(1000).startsWith("0", "1").endsWith("998", "999");
    }
  }

  @Test
  void hiveMqCountsTheWindowAsPartOfTheQueue() throws Exception {
    try (HeldMessages client =
        HeldMessages.subscribe(hiveMq.uri(), Protocol.MQTT_5, "present", "queue/c")) {
      publish(hiveMq.port(), "queue/c", 1200);
      // While they come it may send a part of the window only, and the rest behind the first
      // acknowledgement.
      assertThat(client.awaitQuiet(1)).isBetween(1, HIVEMQ_WINDOW);
      assertThat(client.drain(1000)).hasSize(1000).endsWith("999");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void mosquittoTakesItsWindowOfTheReceiveMaximumWhereTheProtocolHasOne(Protocol protocol)
      throws Exception {
    try (LocalMosquitto broker = mosquitto("max_inflight_messages " + MOSQUITTO_DEFAULT_WINDOW);
        HeldMessages client = HeldMessages.subscribe(broker.uri(), protocol, "held", "t/1")) {
      publish(broker.port(), "t/1", 200);
      int window = protocol == Protocol.MQTT_5 ? 200 : MOSQUITTO_DEFAULT_WINDOW;
      assertThat(client.awaitQuiet(window)).isEqualTo(window);
    }
  }

  @Test
  void mosquittoDiscardsWhatComesWhenTheQueueOfAnAbsentSessionIsFull() throws Exception {
    try (LocalMosquitto broker = mosquitto("max_queued_messages 100")) {
      HeldMessages.subscribe(broker.uri(), Protocol.MQTT_5, "absent", "queue/1").close();
      publish(broker.port(), "queue/1", 200);
      try (HeldMessages client =
          HeldMessages.subscribe(broker.uri(), Protocol.MQTT_5, "absent", "queue/1")) {
        assertThat(client.drain(100)).hasSize(100).startsWith("0", "1").endsWith("99");
      }
    }
  }

  /** Later lines win over those of {@link LocalMosquitto}. */
  private LocalMosquitto mosquitto(String line) throws Exception {
    return LocalMosquitto.start(folder, FreePort.find(), List.of("allow_anonymous true", line));
  }

  private static BrokerAddress as(String uri, String user, String password) {
    return new BrokerAddress(
        URI.create(uri), new Credentials(user, Secret.of(password)), TlsFiles.PLATFORM);
  }

  @Test
  void saysThatHiveMqRefusesAPasswordWithoutPrintingIt() throws Exception {
    Duration limit = Duration.ofSeconds(5);
    MqttProbe.connectOnce(as(hiveMq.uri(), "ana", "right-horse"), limit);
    BrokerAddress wrong = as(hiveMq.uri(), "ana", "wrong-horse");
    assertThatThrownBy(() -> MqttProbe.connectOnce(wrong, limit))
        .isInstanceOf(MqttUnreachableException.class)
        .hasMessageContaining(hiveMq.uri())
        .hasMessageContaining("refuses the log-in")
        .hasMessageContaining("user 'ana'")
        .hasMessageNotContaining("horse")
        .satisfies(e -> assertThat(((MqttUnreachableException) e).worthRetrying()).isFalse());
  }
}
