package io.motorwatch.jobs.publish;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.sink.mqtt.ClientSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One connection of one client, which is never used for a second one: a client that connects again
 * repeats messages of its own memory beside ours.
 */
final class PublishConnection {

  private final Mqtt5AsyncClient client;
  private volatile CompletableFuture<?> connected = CompletableFuture.completedFuture(null);

  /**
   * @param ended is told why when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  PublishConnection(BrokerAddress broker, String clientId, Consumer<String> ended)
      throws IOException {
    Mqtt5ClientBuilder builder =
        ClientSettings.client(broker, clientId)
            .addDisconnectedListener(
                context -> ended.accept(String.valueOf(context.getCause().getMessage())))
            .useMqttVersion5();
    Credentials user = broker.credentials();
    if (user != null) {
      builder =
          builder.simpleAuth(
              Mqtt5SimpleAuth.builder()
                  .username(user.username())
                  .password(user.password().reveal().getBytes(StandardCharsets.UTF_8))
                  .build());
    }
    client = builder.buildAsync();
  }

  CompletableFuture<?> connect() {
    CompletableFuture<?> connecting =
        client.connectWith().cleanStart(true).keepAlive(ClientSettings.KEEP_ALIVE_SECONDS).send();
    connected = connecting;
    return connecting;
  }

  /** Completes once the broker has confirmed, or refused, or the connection ended before. */
  CompletableFuture<Mqtt5PublishResult> publish(Mqtt5Publish message) {
    return client.publish(message);
  }

  /**
   * Says goodbye and frees the client's threads. Completes also where nobody is there. While the
   * connection is being made the client refuses to end it, and would then keep it alive for nobody:
   * so it is first waited for.
   */
  CompletableFuture<?> disconnect() {
    return connected
        .handle((ok, error) -> null)
        .thenCompose(answered -> client.disconnect().handle((ok, error) -> null));
  }
}
