package io.motorwatch.source.mqtt.client;

import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A broker's address in the MQTT client's terms. */
final class BrokerTransport {

  /** The path brokers serve MQTT over WebSocket at unless told otherwise. */
  private static final String DEFAULT_WEB_SOCKET_PATH = "mqtt";

  private BrokerTransport() {}

  /**
   * Reads the TLS files anew.
   *
   * @param timeout for the TCP connect, for the TLS handshake, and for the broker's answer to
   *     CONNECT, each
   */
  static MqttClientTransportConfig of(BrokerAddress broker, Duration timeout)
      throws IOException, GeneralSecurityException {
    MqttClientTransportConfigBuilder builder =
        MqttClientTransportConfig.builder()
            .serverAddress(InetSocketAddress.createUnresolved(broker.host(), broker.port()))
            .socketConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (broker.secure()) {
      builder = builder.sslConfig(TlsConfig.of(broker.tls(), timeout));
    }
    if (broker.webSocket()) {
      builder = builder.webSocketConfig(webSocket(broker));
    }
    return builder.build();
  }

  private static MqttWebSocketConfig webSocket(BrokerAddress broker) {
    String path = broker.uri().getPath();
    boolean none = path == null || path.isEmpty() || path.equals("/");
    String query = broker.uri().getQuery();
    return MqttWebSocketConfig.builder()
        .serverPath(none ? DEFAULT_WEB_SOCKET_PATH : path.substring(1))
        .queryString(query == null ? "" : query)
        .build();
  }

  static @Nullable Mqtt5SimpleAuth auth(BrokerAddress broker) {
    Credentials credentials = broker.credentials();
    return credentials == null
        ? null
        : Mqtt5SimpleAuth.builder()
            .username(credentials.username())
            .password(credentials.password().reveal().getBytes(StandardCharsets.UTF_8))
            .build();
  }
}
