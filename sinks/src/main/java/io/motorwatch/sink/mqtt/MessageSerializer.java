package io.motorwatch.sink.mqtt;

import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Turns a value into zero or more messages, published in the order given.
 *
 * @param <T> the sink's input
 */
@FunctionalInterface
public interface MessageSerializer<T> extends Serializable {

  /** Hands on the value's messages; called by the sink's task thread only. */
  void serialize(T value, Consumer<OutgoingMessage> out);

  /** Hands on these messages, then those of another. */
  default MessageSerializer<T> andThen(MessageSerializer<T> next) {
    return (value, out) -> {
      serialize(value, out);
      next.serialize(value, out);
    };
  }
}
