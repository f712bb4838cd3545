package io.motorwatch.sink.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client, never made again: a client that reconnects by itself would repeat
 * messages of its own memory beside ours.
 */
interface BrokerConnection {

  /**
   * Connects.
   *
   * @param done gets null once the broker has let us in, else why not; on a thread of the client
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
