package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;

/**
 * What becomes of a message's acknowledgement once the message was handed to the next operator. For
 * the task's thread.
 */
interface AckStage {

  /** A message of QoS 1 or 2 was handed on. */
  void emitted(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state);

  /** Whether a message of QoS 1 or 2 has to be {@link #held} before it may be handed on. */
  boolean holds(MqttMessage message, MqttSessionSplitState state);

  /** It came, and is not handed on yet. */
  void held(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state);

  /** One came that the job has already. */
  void repeated(AckHandle ack, MqttSessionSplitState state);

  /** Forgets what came by connections of a session that have ended: it comes again. */
  void dropStale(String sessionId);

  /** Arrival of the oldest waiting, epoch milliseconds, or {@link Long#MAX_VALUE}. Any thread. */
  long oldestArrival();
}
