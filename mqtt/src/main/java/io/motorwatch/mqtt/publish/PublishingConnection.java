package io.motorwatch.mqtt.publish;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client that publishes, never made again: a client that reconnects by itself
 * would repeat messages of its own memory beside ours. Everything of ours that publishes does so
 * through one of these. Safe for any thread.
 */
public final class PublishingConnection {

  private final BrokerAddress address;
  private final PublishingProtocol protocol;

  /** While it is being made the client refuses to end it: so it is first waited for. */
  private volatile CompletableFuture<?> connecting = CompletableFuture.completedFuture(null);

  private PublishingConnection(BrokerAddress address, PublishingProtocol protocol) {
    this.address = address;
    this.protocol = protocol;
  }

  /**
   * A connection yet to be made.
   *
   * @param version {@link MqttVersion#V5} or {@link MqttVersion#V3}
   * @param lost called once when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  public static PublishingConnection of(
      BrokerAddress address, MqttVersion version, String clientId, Runnable lost)
      throws IOException {
    var client = ClientSettings.client(address, clientId, lost);
    return new PublishingConnection(
        address,
        version == MqttVersion.V3
            ? new Mqtt3Protocol(client.useMqttVersion3().buildAsync())
            : new Mqtt5Protocol(client.useMqttVersion5().buildAsync()));
  }

  /**
   * Connects.
   *
   * @param done gets null once the broker has let us in, else why not, which {@link ConnectFailure}
   *     reads; on a thread of the client
   */
  public void connect(Consumer<@Nullable Throwable> done) {
    CompletableFuture<?> answer = protocol.connect(address.credentials());
    connecting = answer;
    CompletableFuture<?> unused = answer.whenComplete((ok, error) -> done.accept(root(error)));
  }

  /**
   * Publishes.
   *
   * @param done gets null once the broker has confirmed, else its refusal or why the connection
   *     ended before, which {@link PublishAnswer} reads; on a thread of the client
   */
  public void publish(OutgoingMessage message, Consumer<@Nullable Throwable> done) {
    CompletableFuture<@Nullable Throwable> answer;
    try {
      answer = protocol.publish(message);
    } catch (IllegalArgumentException e) {
      done.accept(e); // A topic that MQTT does not know, with a wildcard in it for example.
      return;
    }
    CompletableFuture<?> unused =
        answer.whenComplete((refusal, error) -> done.accept(error == null ? refusal : root(error)));
  }

  /** Sends DISCONNECT and frees the client's threads. Completes also without a connection. */
  public CompletableFuture<?> disconnect() {
    return connecting
        .handle((ok, error) -> null)
        .thenCompose(answered -> protocol.disconnect().handle((ok, error) -> null));
  }

  /** The same without waiting for it. */
  public void abandon() {
    CompletableFuture<?> unused = disconnect();
  }

  private static @Nullable Throwable root(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
