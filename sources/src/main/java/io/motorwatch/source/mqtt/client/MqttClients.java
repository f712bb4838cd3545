package io.motorwatch.source.mqtt.client;

import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedListener;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.model.connection.BrokerAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** Makes MQTT 5 clients that are not connected yet and never reconnect by themselves. */
public final class MqttClients {

  /** For the TCP connect, the TLS handshake, and the broker's answer, each. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private MqttClients() {}

  /**
   * A new client.
   *
   * @param onDisconnected called on a network thread at the end of a connection and at a failed
   *     attempt to connect
   * @throws IOException if a TLS file cannot be read
   * @throws GeneralSecurityException if one does not hold what it should
   */
  public static Mqtt5AsyncClient create(
      BrokerAddress broker,
      String clientId,
      Duration timeout,
      MqttClientDisconnectedListener onDisconnected)
      throws IOException, GeneralSecurityException {
    return Mqtt5Client.builder()
        .identifier(clientId)
        .transportConfig(BrokerTransport.of(broker, timeout))
        .simpleAuth(BrokerTransport.auth(broker))
        .addDisconnectedListener(onDisconnected)
        .buildAsync();
  }
}
