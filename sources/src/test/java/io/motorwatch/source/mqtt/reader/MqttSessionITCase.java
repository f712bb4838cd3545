package io.motorwatch.source.mqtt.reader;

import static io.motorwatch.source.mqtt.reader.Fixture.RETAINED;
import static io.motorwatch.source.mqtt.reader.Fixture.TELEMETRY;
import static io.motorwatch.source.mqtt.reader.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.Publisher;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MqttSessionITCase {

  @TempDir Path folder;

  private LocalMosquitto broker;
  private Publisher publisher;

  @BeforeEach
  void startBroker() throws Exception {
    broker = LocalMosquitto.start(folder);
    publisher = new Publisher(broker.port());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void resumesWhereAcknowledgementsEndedAndLosesNothingInBetween() {
    try (Fixture first = Fixture.subscribed(broker.uri(), 1000)) {
      publisher.publish(TELEMETRY, 0, 100);
      assertThat(first.awaitPayloads(100)).isEqualTo(numbers(0, 100));
      assertThat(first.acknowledge(0, 40)).isEqualTo(40);
    }
    publisher.publish(TELEMETRY, 100, 160);
    try (Fixture second = Fixture.subscribed(broker.uri(), 1000)) {
      assertThat(second.awaitPayloads(120)).isEqualTo(numbers(40, 160));
      assertThat(second.recorded.count(MqttSourceMetrics.SESSION_LOST)).isZero();
    }
  }

  @Test
  void survivesACutWithMoreThanItsWindowUnacknowledged() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        Fixture session = Fixture.subscribed(proxy.uri(), 100)) {
      publisher.publish(TELEMETRY, 0, 250);
      session.awaitPayloads(100);
      // With a backlog, Mosquitto 2.0 sends up to a window more for each acknowledgement.
      session.acknowledge(0, 30);
      assertThat(session.awaitPayloads(250)).isEqualTo(numbers(0, 250));
      proxy.cut();
      session.awaitReconnect(1);

      assertThat(session.awaitPayloads(470).subList(250, 470)).isEqualTo(numbers(30, 250));
      assertThat(session.acknowledge(30, 250)).as("stale handles").isZero();
      assertThat(session.acknowledge(250, 470)).isEqualTo(220);
      publisher.publish(TELEMETRY, 250, 260);
      assertThat(session.awaitPayloads(480).subList(470, 480)).isEqualTo(numbers(250, 260));
    }
    try (Fixture again = Fixture.subscribed(broker.uri(), 100)) {
      assertThat(again.awaitPayloads(10)).isEqualTo(numbers(250, 260));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void getsWhatComesAgainBeforeWhatIsNewAndInOrder(boolean restarted) throws Exception {
    try (Fixture first = Fixture.subscribed(broker.uri(), 100)) {
      publisher.publish(TELEMETRY, 0, 250);
      first.awaitPayloads(100);
      first.acknowledge(0, 30);
      first.awaitPayloads(250);
    }
    publisher.publish(TELEMETRY, 250, 400);
    if (restarted) {
      broker.restart();
    }
    try (Fixture again = Fixture.subscribed(broker.uri(), 100)) {
      for (int size = 0; size < 370; ) {
        size = again.awaitPayloads(size + 1).size();
        again.acknowledge(0, size);
      }
      // MqttSessionSplitState takes from this that what has not come again by then is done.
      assertThat(again.payloads()).isEqualTo(numbers(30, 400));
      assertThat(again.received.stream().map(received -> received.message().redelivered()).toList())
          .isEqualTo(IntStream.range(30, 400).mapToObj(number -> number < 250).toList());
    }
  }

  @Test
  void acknowledgesQos2ByCheckpointToo() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        Fixture session = Fixture.subscribed(proxy.uri(), 100)) {
      publisher.publish(TELEMETRY, MqttQos.EXACTLY_ONCE, 0, 60);
      assertThat(session.awaitPayloads(60)).isEqualTo(numbers(0, 60));
      assertThat(session.received).allMatch(received -> received.message().qos() == 2);
      session.acknowledge(0, 25);
      proxy.cut();
      session.awaitReconnect(1);
      int resumed = Integer.parseInt(session.awaitPayloads(61).get(60));
      assertThat(resumed).as("what the cut left of the acknowledgements").isBetween(0, 25);
      int all = 60 + 60 - resumed;
      assertThat(session.awaitPayloads(all).subList(60, all)).isEqualTo(numbers(resumed, 60));
      assertThat(session.acknowledge(60, all)).isEqualTo(60 - resumed);
      publisher.publish(TELEMETRY, MqttQos.EXACTLY_ONCE, 60, 70);
      assertThat(session.awaitPayloads(all + 10)).endsWith(numbers(60, 70).toArray(new String[0]));
      session.acknowledge(all, all + 10);
      publisher.publish(TELEMETRY, MqttQos.EXACTLY_ONCE, 70, 71);
      session.awaitPayloads(all + 11);
    }
    try (Fixture again = Fixture.subscribed(broker.uri(), 100)) {
      assertThat(again.awaitPayloads(1)).isEqualTo(numbers(70, 71));
    }
  }

  @Test
  void drainsABacklogOfMoreMessagesThanThereArePacketIdentifiers() {
    int count = 150_000;
    try (Fixture session = Fixture.subscribed(broker.uri(), 1000)) {
      publisher.publish(TELEMETRY, 0, 1);
      session.awaitPayloads(1);
    }
    publisher.publish(TELEMETRY, 1, count);
    int acknowledged = 0;
    try (Fixture session = Fixture.subscribed(broker.uri(), 1000)) {
      session.awaitPayloads(1000);
      // As at checkpoints: late, and all that came since the one before.
      while (acknowledged < count) {
        int arrived = session.received.size();
        assertThat(session.acknowledge(acknowledged, arrived)).isEqualTo(arrived - acknowledged);
        acknowledged = arrived;
        if (acknowledged < count) {
          session.awaitPayloads(acknowledged + 1);
        }
      }
      assertThat(session.payloads()).isEqualTo(numbers(0, count));
      assertThat(session.recorded.count(MqttSourceMetrics.RECONNECTS)).isZero();
    }
    try (Fixture again = Fixture.subscribed(broker.uri(), 1000)) {
      publisher.publish(TELEMETRY, count, count + 1);
      assertThat(again.awaitPayloads(1)).isEqualTo(numbers(count, count + 1));
    }
  }

  @Test
  void keepsTheReceiveMaximumOnTheWire() {
    try (Fixture session = Fixture.subscribed(broker.uri(), 5)) {
      publisher.publish(TELEMETRY, 0, 20);
      session.awaitPayloads(5);
      await().during(Duration.ofMillis(300)).until(() -> session.payloads().equals(numbers(0, 5)));
      session.acknowledge(0, 5);
      assertThat(session.awaitPayloads(20)).isEqualTo(numbers(0, 20));
    }
  }

  @Test
  void reportsItsWindow() {
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      assertThat(session.recorded.gauge(MqttSourceMetrics.CONNECTED)).isEqualTo(1);
      publisher.publish(TELEMETRY, 0, 4);
      session.awaitPayloads(4);
      assertThat(session.sessions.unacked()).isEqualTo(4);
      assertThat(session.sessions.windowUtilization()).isEqualTo(0.4);
      session.acknowledge(0, 4);
      assertThat(session.sessions.unacked()).isZero();
      assertThat(session.sessions.takeNewlyEstablished()).containsExactly(Fixture.CLIENT_ID);
      assertThat(session.sessions.takeNewlyEstablished()).isEmpty();
    }
  }

  @Test
  void readsRetainedMessagesByPurpose() throws Exception {
    publisher.retain(TELEMETRY, "old telemetry");
    publisher.retain(RETAINED, "nameplate");
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        Fixture session = Fixture.subscribed(proxy.uri(), 1)) {
      assertThat(session.awaitPayloads(1)).containsExactly("nameplate");
      assertThat(session.received.get(0).message().retained()).isTrue();
      session.acknowledge(0, 1);
      // With a window of one, its arrival proves that the acknowledgement has arrived.
      publisher.publish(TELEMETRY, 7, 8);
      session.awaitPayloads(2);
      proxy.cut();
      session.awaitReconnect(1);
      assertThat(session.awaitPayloads(3)).containsExactly("nameplate", "7", "7");
    }
    try (Fixture restarted = Fixture.subscribed(broker.uri(), 10)) {
      assertThat(restarted.awaitPayloads(2)).containsExactlyInAnyOrder("7", "nameplate");
    }
  }

  @Test
  void passesSignatureAndQualityOfServiceOn() {
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      publisher.publish(
          Publisher.message(TELEMETRY, "signed", MqttQos.AT_LEAST_ONCE)
              .extend()
              .userProperties()
              .add(MqttMessage.HMAC_PROPERTY, "00ff")
              .applyUserProperties()
              .build());
      publisher.publish(Publisher.message(TELEMETRY, "plain", MqttQos.AT_MOST_ONCE));
      session.awaitPayloads(2);
      MqttMessage signed = session.received.get(0).message();
      assertThat(signed.hmac()).isEqualTo("00ff");
      assertThat(signed.qos()).isEqualTo(1);
      assertThat(signed.topic()).isEqualTo(TELEMETRY);
      assertThat(session.received.get(1).message().qos()).isZero();
      assertThat(session.received.get(1).ack()).isNull();
    }
  }

  @Test
  void goesOnAfterAMessageWhosePropertiesAreLongerThanAnythingIsKept() {
    try (Fixture session = Fixture.subscribed(broker.uri(), 10)) {
      var properties = Mqtt5UserProperties.builder();
      for (int i = 0; i < 5; i++) {
        properties = properties.add("p" + i, "x".repeat(60_000));
      }
      publisher.publish(
          Publisher.message(TELEMETRY, "hidden behind them", MqttQos.AT_LEAST_ONCE)
              .extend()
              .userProperties(properties.build())
              .build());
      publisher.publish(TELEMETRY, 1, 3);
      session.awaitPayloads(3);
      assertThat(session.received.get(0).message().payload())
          .as("recognisable by its length as too long")
          .hasSize(1025);
      assertThat(session.payloads().subList(1, 3)).isEqualTo(numbers(1, 3));
      assertThat(session.acknowledge(0, 3)).isEqualTo(3);
      assertThat(session.recorded.count(MqttSourceMetrics.RECONNECTS)).isZero();
    }
  }

  @Test
  void comesBackAfterABrokerRestartThatKeptTheSession() throws Exception {
    try (Fixture session = Fixture.subscribed(broker.uri(), 100)) {
      publisher.publish(TELEMETRY, 0, 10);
      session.awaitPayloads(10);
      session.acknowledge(0, 4);
      await().until(() -> session.sessions.unacked() == 6);
      broker.restart();
      session.awaitReconnect(1);
      assertThat(session.awaitPayloads(16).subList(10, 16)).isEqualTo(numbers(4, 10));
      assertThat(session.recorded.count(MqttSourceMetrics.SESSION_LOST)).isZero();
    }
  }

  @Test
  void reportsALostSessionAndGoesOn() throws Exception {
    try (Fixture session = Fixture.subscribed(broker.uri(), 100)) {
      broker.stop();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path database : files.filter(file -> file.toString().endsWith(".db")).toList()) {
          Files.delete(database);
        }
      }
      broker.restart();
      session.awaitReconnect(1);
      assertThat(session.recorded.count(MqttSourceMetrics.SESSION_LOST)).isEqualTo(1);
      try (Publisher again = new Publisher(broker.port())) {
        again.publish(TELEMETRY, 0, 3);
        assertThat(session.awaitPayloads(3)).isEqualTo(numbers(0, 3));
      }
    }
  }

  @Test
  void reportsASessionLostBetweenTwoStarts() {
    try (Fixture session =
        Fixture.start(Fixture.options(BrokerAddress.of(broker.uri()), 10), true)) {
      session.awaitSubscribed();
      assertThat(session.recorded.count(MqttSourceMetrics.SESSION_LOST)).isEqualTo(1);
    }
  }
}
