package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.PemTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client, never made again: a client that reconnects by itself would repeat
 * messages of its own memory beside ours. Nagle's algorithm is off, as everywhere in Netty.
 */
final class BrokerConnection {

  private static final int CONNECT_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 15;

  private final BrokerAddress address;
  private final Mqtt5AsyncClient client;

  /**
   * @param lost called once when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  BrokerConnection(BrokerAddress address, String clientId, Runnable lost) throws IOException {
    this.address = address;
    Mqtt5ClientBuilder builder =
        Mqtt5Client.builder()
            .identifier(clientId)
            .transportConfig()
            .serverHost(address.host())
            .serverPort(address.port())
            .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .applyTransportConfig()
            .addDisconnectedListener(context -> lost.run());
    if (address.secure()) {
      builder = builder.sslConfig(tls(address));
    }
    if (address.webSocket()) {
      String path = address.uri().getPath();
      builder =
          builder.webSocketConfig(
              MqttWebSocketConfig.builder()
                  .serverPath(path == null || path.isEmpty() ? "mqtt" : path.substring(1))
                  .build());
    }
    client = builder.buildAsync();
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

  /**
   * Connects.
   *
   * @param done gets null once the broker has let us in, else why not; on a thread of the client
   */
  void connect(Consumer<@Nullable Throwable> done) {
    var connect = client.connectWith().cleanStart(true).keepAlive(KEEP_ALIVE_SECONDS);
    @Nullable Credentials user = address.credentials();
    CompletableFuture<Mqtt5ConnAck> answer =
        user == null
            ? connect.send()
            : connect
                .simpleAuth()
                .username(user.username())
                .password(user.password().reveal().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
    CompletableFuture<?> unused = answer.whenComplete((ok, error) -> done.accept(root(error)));
  }

  /**
   * Publishes.
   *
   * @param done gets null once the broker has confirmed, else its refusal or why the connection
   *     ended before; on a thread of the client
   */
  void publish(OutgoingMessage message, Consumer<@Nullable Throwable> done) {
    Mqtt5Publish publish;
    try {
      publish =
          Mqtt5Publish.builder()
              .topic(message.topic())
              .payload(message.payload())
              .qos(qos(message.qos()))
              .retain(message.retain())
              .build();
    } catch (IllegalArgumentException e) {
      done.accept(e); // A topic that MQTT does not know, with a wildcard in it for example.
      return;
    }
    CompletableFuture<?> unused =
        client
            .publish(publish)
            .whenComplete(
                (result, error) ->
                    done.accept(error == null ? result.getError().orElse(null) : root(error)));
  }

  private static @Nullable Throwable root(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private static MqttQos qos(int code) {
    MqttQos qos = MqttQos.fromCode(code);
    if (qos == null) {
      throw new IllegalArgumentException("QoS " + code);
    }
    return qos;
  }

  /** Says goodbye and frees the client's threads. Completes also where nobody is there. */
  CompletableFuture<?> disconnect() {
    return client.disconnect().handle((ok, error) -> null);
  }

  /** The same without waiting for it. */
  void abandon() {
    CompletableFuture<?> unused = disconnect();
  }
}
