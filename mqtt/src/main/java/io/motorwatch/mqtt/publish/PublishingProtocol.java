package io.motorwatch.mqtt.publish;

import io.motorwatch.model.connection.Credentials;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the client's types for MQTT 3.1.1 and for MQTT 5, which share none, are used for. */
sealed interface PublishingProtocol permits Mqtt3Protocol, Mqtt5Protocol {

  /** Completes with the broker's CONNACK, exceptionally where it refuses or does not answer. */
  CompletableFuture<?> connect(@Nullable Credentials user);

  /**
   * Completes with null once the broker has confirmed, with its refusal where the protocol has one,
   * exceptionally if the connection ends before.
   *
   * @throws IllegalArgumentException if the topic is none to publish to
   */
  CompletableFuture<@Nullable Throwable> publish(OutgoingMessage message);

  CompletableFuture<?> disconnect();
}
