package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;

/**
 * A session while it is read.
 *
 * @param emitted mutable; the task's thread keeps it
 */
record SessionState(MqttSessionSplit split, EmittedMessages emitted) {

  static SessionState of(MqttSessionSplit split) {
    return new SessionState(split, split.emitted().copy());
  }

  /** As it is to be kept in a checkpoint. */
  MqttSessionSplit toSplit() {
    return split.withEmitted(emitted.copy());
  }
}
