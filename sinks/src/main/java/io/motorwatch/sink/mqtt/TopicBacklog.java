package io.motorwatch.sink.mqtt;

import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.util.List;

/**
 * The unconfirmed messages of one topic, in their order: one element of the writer's state. Flink
 * spreads the elements over the subtasks when the parallelism changes, one by one, so what must
 * stay in order has to be in one.
 */
record TopicBacklog(String topic, List<Waiting> messages) {

  TopicBacklog {
    messages = List.copyOf(messages);
  }

  /**
   * A message and its place.
   *
   * @param number ascending in the writer it came from, over all its topics
   */
  record Waiting(long number, OutgoingMessage message) {}
}
