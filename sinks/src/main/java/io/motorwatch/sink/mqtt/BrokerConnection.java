package io.motorwatch.sink.mqtt;

import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.MqttVersion;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client that publishes, never made again: a client that reconnects by itself
 * would repeat messages of its own memory beside ours. Everything of ours that publishes does so
 * through one of these.
 */
public interface BrokerConnection {

  /**
   * A connection yet to be made.
   *
   * @param version {@link MqttVersion#V5} or {@link MqttVersion#V3}
   * @param lost called once when the connection ends or cannot be made, on a thread of the client
   * @throws IOException if a certificate file cannot be read
   */
  static BrokerConnection of(
      BrokerAddress address, MqttVersion version, String clientId, Runnable lost)
      throws IOException {
    return version == MqttVersion.V3
        ? new Mqtt3Connection(address, clientId, lost)
        : new Mqtt5Connection(address, clientId, lost);
  }

  /**
   * Connects.
   *
   * @param done gets null once the broker has let us in, else why not, which {@link ConnectFailure}
   *     reads; on a thread of the client
   */
  void connect(Consumer<@Nullable Throwable> done);

  /**
   * Publishes.
   *
   * @param done gets null once the broker has confirmed, else its refusal or why the connection
   *     ended before; on a thread of the client
   */
  void publish(OutgoingMessage message, Consumer<@Nullable Throwable> done);

  /** Says goodbye and frees the client's threads. Completes also where nobody is there. */
  CompletableFuture<?> disconnect();

  /** The same without waiting for it. */
  default void abandon() {
    CompletableFuture<?> unused = disconnect();
  }
}
