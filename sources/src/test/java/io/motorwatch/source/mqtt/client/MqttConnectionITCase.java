package io.motorwatch.source.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.local.FreePort;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.mqtt.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class MqttConnectionITCase {

  @TempDir Path folder;

  private static MqttConnection connection(LocalMosquitto broker, Protocol protocol) {
    Duration keepAlive = Duration.ofSeconds(30);
    return new MqttConnection(
        BrokerAddress.of(broker.uri()),
        new ConnectOptions(protocol, "c", false, 60, 1000, keepAlive, Duration.ofSeconds(5), 1024),
        MqttConnection.Handler.IGNORE);
  }

  private static final List<TopicSubscription> TWICE =
      List.of(
          new TopicSubscription("t/+", 1, TopicSubscription.Retained.SEND),
          new TopicSubscription("s/+", 2, TopicSubscription.Retained.SEND));

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsThatTheBrokerGrantsLessThanWasAskedFor(Protocol protocol) throws Exception {
    try (LocalMosquitto broker =
        LocalMosquitto.start(
            folder, FreePort.find(), List.of("max_qos 0", "allow_anonymous true"))) {
      MqttConnection connection = connection(broker, protocol);
      connection.open().get();
      connection.subscribe(TWICE).get();
      assertThat(connection.grantedQos()).isZero();
      connection.close().get();
    }
  }

  @Test
  void theLowestGrantCounts() throws Exception {
    try (LocalMosquitto broker = LocalMosquitto.start(folder)) {
      MqttConnection connection = connection(broker, Protocol.MQTT_5);
      connection.open().get();
      connection.subscribe(TWICE).get();
      assertThat(connection.grantedQos()).isEqualTo(1);
      connection.close().get();
    }
  }

  @Test
  void goesToTheBrokerAndBackAndFailsToWhenTheConnectionHasEnded() throws Exception {
    try (LocalMosquitto broker = LocalMosquitto.start(folder)) {
      MqttConnection connection = connection(broker, Protocol.MQTT_5);
      assertThat(connection.roundTrip()).isCompletedExceptionally();
      connection.open().get();
      CompletableFuture<Void> first = connection.roundTrip();
      connection.roundTrip().get();
      assertThat(first).isCompleted();
      connection.close().get();
      assertThat(connection.roundTrip()).isCompletedExceptionally();
    }
  }
}
