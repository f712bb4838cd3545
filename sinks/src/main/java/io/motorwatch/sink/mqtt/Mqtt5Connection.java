package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection by MQTT 5. */
final class Mqtt5Connection implements BrokerConnection {

  private final BrokerAddress address;
  private final Mqtt5AsyncClient client;

  /** While it is being made the client refuses to end it: so it is first waited for. */
  private volatile CompletableFuture<?> connecting = CompletableFuture.completedFuture(null);

  /**
   * @param lost called once when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  Mqtt5Connection(BrokerAddress address, String clientId, Runnable lost) throws IOException {
    this.address = address;
    this.client =
        ClientSettings.client(address, clientId)
            .addDisconnectedListener(context -> lost.run())
            .useMqttVersion5()
            .buildAsync();
  }

  @Override
  public void connect(Consumer<@Nullable Throwable> done) {
    var connect =
        client.connectWith().cleanStart(true).keepAlive(ClientSettings.KEEP_ALIVE_SECONDS);
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
    connecting = answer;
    CompletableFuture<?> unused =
        answer.whenComplete((ok, error) -> done.accept(ClientSettings.root(error)));
  }

  @Override
  public void publish(OutgoingMessage message, Consumer<@Nullable Throwable> done) {
    Mqtt5Publish publish;
    try {
      publish =
          Mqtt5Publish.builder()
              .topic(message.topic())
              .payload(message.payload())
              .qos(ClientSettings.qos(message.qos()))
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
                    done.accept(
                        error == null
                            ? result.getError().orElse(null)
                            : ClientSettings.root(error)));
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return connecting
        .handle((ok, error) -> null)
        .thenCompose(answered -> client.disconnect().handle((ok, error) -> null));
  }
}
