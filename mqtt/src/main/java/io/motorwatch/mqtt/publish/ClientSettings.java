package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.PemTls;
import io.motorwatch.mqtt.BrokerAddress;
import io.reactivex.schedulers.Schedulers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Builds every client that publishes, of either version. Nagle's algorithm is off, as in all Netty.
 */
final class ClientSettings {

  static final int KEEP_ALIVE_SECONDS = 15;
  private static final int CONNECT_SECONDS = 5;

  private ClientSettings() {}

  /**
   * A client of a version yet to be chosen, over TCP, TLS or WebSockets as the address says. User
   * and password are not part of it: they are of the version's own types. What it calls back is
   * called on its one thread, and must not block.
   *
   * <p>TLS is part of the transport's own configuration: set on the builder beside one, it is
   * silently dropped, and the client speaks plain MQTT to the TLS port.
   *
   * @param lost called once when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  static MqttClientBuilder client(BrokerAddress address, String clientId, Runnable lost)
      throws IOException {
    return MqttClient.builder()
        .identifier(clientId)
        .addDisconnectedListener(context -> lost.run())
        .transportConfig(transport(address))
        // Answers are reported where they are read, and so in the order of the broker's. By default
        // each goes through a pool of threads, which mixes them.
        .executorConfig()
        .applicationScheduler(Schedulers.trampoline())
        .applyExecutorConfig();
  }

  private static MqttClientTransportConfig transport(BrokerAddress address) throws IOException {
    MqttClientTransportConfigBuilder transport =
        MqttClientTransportConfig.builder()
            .serverHost(address.host())
            .serverPort(address.port())
            .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
    if (address.secure()) {
      transport = transport.sslConfig(tls(address));
    }
    if (address.webSocket()) {
      transport = transport.webSocketConfig(webSocket(address.webSocketUri()));
    }
    return transport.build();
  }

  /** The client encodes both again. */
  private static MqttWebSocketConfig webSocket(URI uri) {
    String query = uri.getQuery();
    return MqttWebSocketConfig.builder()
        .serverPath(uri.getPath().substring(1))
        .queryString(query == null ? "" : query)
        .build();
  }

  private static MqttClientSslConfig tls(BrokerAddress address) throws IOException {
    PemTls tls = PemTls.load(address.tls());
    MqttClientSslConfigBuilder builder =
        MqttClientSslConfig.builder()
            .trustManagerFactory(tls.trustManagerFactory())
            .keyManagerFactory(tls.keyManagerFactory());
    if (!address.tls().verifyHostname()) {
      builder = builder.hostnameVerifier((host, session) -> true);
    }
    return builder.build();
  }

  static MqttQos qos(int code) {
    MqttQos qos = MqttQos.fromCode(code);
    if (qos == null) {
      throw new IllegalArgumentException("QoS " + code);
    }
    return qos;
  }

  static byte[] password(Credentials user) {
    return user.password().reveal().getBytes(StandardCharsets.UTF_8);
  }
}
