package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A session's messages that are handed on only once they are durable, in order of receipt. A
 * checkpoint holds nothing of them: after a failure they come from the journal, or from the broker.
 * For the task's thread.
 */
final class HeldMessages {

  private record Held(long position, MqttMessage message, AckHandle ack) {}

  private final ArrayDeque<Held> queue = new ArrayDeque<>();

  /** Of those the broker may send again. */
  private final EmittedMessages repeatable = new EmittedMessages();

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The first position, or {@link Long#MAX_VALUE} without any. */
  long first() {
    Held first = queue.peek();
    return first == null ? Long.MAX_VALUE : first.position();
  }

  /**
   * Adds one behind all before.
   *
   * @param position in the journal
   */
  void add(long position, MqttMessage message, AckHandle ack) {
    queue.add(new Held(position, message, ack));
    repeatable.add(ack.packetId(), ack.fingerprint());
  }

  boolean contains(AckHandle ack) {
    return repeatable.contains(ack.packetId(), ack.fingerprint());
  }

  /** Those the broker may send again. */
  EmittedMessages repeatable() {
    return repeatable;
  }

  /** Takes the first, if its position is not behind this one. */
  @Nullable Due take(long durable) {
    Held first = queue.peek();
    if (first == null || first.position() > durable) {
      return null;
    }
    queue.remove();
    AckHandle ack = first.ack();
    boolean mayRepeat = repeatable.remove(ack.packetId(), ack.fingerprint());
    return new Due(first.position(), first.message(), ack, mayRepeat);
  }

  /**
   * One that is to be handed on.
   *
   * @param mayRepeat whether the broker may send it again
   */
  record Due(long position, MqttMessage message, AckHandle ack, boolean mayRepeat) {}
}
