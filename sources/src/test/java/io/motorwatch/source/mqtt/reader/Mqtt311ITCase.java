package io.motorwatch.source.mqtt.reader;

import static io.motorwatch.source.mqtt.reader.Fixture.RETAINED;
import static io.motorwatch.source.mqtt.reader.Fixture.TELEMETRY;
import static io.motorwatch.source.mqtt.reader.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.Mqtt311OnlyBroker;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.mqtt.Publisher;
import io.motorwatch.source.mqtt.client.MqttProbe;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class Mqtt311ITCase {

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

  private static SessionOptions options(String uri) {
    return Fixture.options(BrokerAddress.of(uri), MqttVersion.V3, 1000);
  }

  @Test
  void resumesWhereAcknowledgementsEnded() {
    try (Fixture first = Fixture.start(options(broker.uri()), false)) {
      first.awaitSubscribed();
      publisher.publish(TELEMETRY, 0, 100);
      assertThat(first.awaitPayloads(100)).isEqualTo(numbers(0, 100));
      assertThat(first.acknowledge(0, 40)).isEqualTo(40);
    }
    publisher.publish(TELEMETRY, 100, 160);
    try (Fixture second = Fixture.start(options(broker.uri()), true)) {
      assertThat(second.awaitPayloads(120)).isEqualTo(numbers(40, 160));
      assertThat(second.recorded.count(MqttSourceMetrics.SESSION_LOST)).isZero();
    }
  }

  @Test
  void readsRetainedMessagesAtEachStartButNotAtEachReconnect() throws Exception {
    publisher.retain(RETAINED, "nameplate");
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        Fixture session = Fixture.start(options(proxy.uri()), false)) {
      session.awaitPayloads(1);
      assertThat(session.received.get(0).message().retained()).isTrue();
      session.acknowledge(0, 1);
      publisher.publish(TELEMETRY, 0, 1);
      session.awaitPayloads(2);
      session.acknowledge(1, 2);
      // Where the acknowledgement has arrived, a window's rest is known to be free.
      await().until(() -> session.sessions.unacked() == 0);
      proxy.cut();
      session.awaitReconnect(1);
      publisher.publish(TELEMETRY, 1, 2);
      await().until(() -> session.payloads().contains("1"));
      assertThat(session.payloads()).containsOnlyOnce("nameplate");
    }
    try (Fixture again = Fixture.start(options(broker.uri()), true)) {
      await().until(() -> again.payloads().contains("nameplate"));
    }
  }

  @Test
  void endsADrainedSession() throws Exception {
    try (Fixture first = Fixture.start(options(broker.uri()), false)) {
      first.awaitSubscribed();
    }
    publisher.publish(TELEMETRY, 0, 50);
    try (Fixture drain = Fixture.drain(options(broker.uri()))) {
      assertThat(drain.awaitPayloads(50)).isEqualTo(numbers(0, 50));
      publisher.publish(TELEMETRY, 50, 60);
      assertThat(drain.acknowledge(0, 50)).isEqualTo(50);
      await().until(() -> drain.received.get(drain.received.size() - 1).isEnd());
      assertThat(drain.received).hasSize(51);
      assertThat(drain.recorded.gauge(MqttSourceMetrics.DRAINING_SESSIONS)).isEqualTo(0);
    }
    try (Fixture fresh = Fixture.start(options(broker.uri()), true)) {
      fresh.awaitSubscribed();
      assertThat(fresh.recorded.count(MqttSourceMetrics.SESSION_LOST))
          .as("the broker has ended it")
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mqtt311OnlyBroker.Manner.class,
      names = {"CLOSES", "KEEPS_SILENT"})
  void fallsBackOnceWhereMqtt5IsNotAnswered(Mqtt311OnlyBroker.Manner manner) throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port(), manner);
        Fixture session = Fixture.start(Fixture.options(BrokerAddress.of(old.uri()), 10), false)) {
      // A silent one is given ten seconds.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> session.recorded.gauge(MqttSourceMetrics.SUBSCRIBED_SESSIONS).equals(1));
      publisher.publish(TELEMETRY, 0, 5);
      assertThat(session.awaitPayloads(5)).isEqualTo(numbers(0, 5));
      assertThat(old.refused()).isEqualTo(1);
      assertThat(session.recorded.problems(ConnectProblem.Kind.NO_CONNACK)).isEqualTo(1);
    }
  }

  @Test
  void fallsBackWhereMqtt5IsRefused() throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port());
        Fixture session = Fixture.subscribed(old.uri(), 10)) {
      publisher.publish(TELEMETRY, 0, 5);
      assertThat(session.awaitPayloads(5)).isEqualTo(numbers(0, 5));
      assertThat(old.refused()).isEqualTo(1);
      assertThat(session.recorded.problems(ConnectProblem.Kind.UNSUPPORTED_VERSION)).isEqualTo(1);
      assertThatCode(
              () -> MqttProbe.connectOnce(BrokerAddress.of(old.uri()), Duration.ofSeconds(5)))
          .doesNotThrowAnyException();
      assertThatThrownBy(
              () ->
                  MqttProbe.connectOnce(
                      BrokerAddress.of(old.uri()), Duration.ofSeconds(5), MqttVersion.V5))
          .hasMessageContaining("does not speak");
    }
  }

  @Test
  void keepsTryingWhereOnlyMqtt5IsAllowedAndRefused() throws Exception {
    try (Mqtt311OnlyBroker old = new Mqtt311OnlyBroker(broker.port());
        Fixture session =
            Fixture.start(
                Fixture.options(BrokerAddress.of(old.uri()), MqttVersion.V5, 10), false)) {
      await().until(() -> session.recorded.problems(ConnectProblem.Kind.UNSUPPORTED_VERSION) > 1);
    }
  }
}
