package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import org.jspecify.annotations.Nullable;

/**
 * A message between the network, or the journal, and the job.
 *
 * @param sessionId the split it belongs to
 * @param ack how to acknowledge it; null at QoS 0, and if it was acknowledged before
 * @param replayed where the journal has it, if it was read from there
 */
record ReceivedMessage(
    String sessionId,
    MqttMessage message,
    @Nullable AckHandle ack,
    @Nullable JournalRecord replayed) {

  private static final MqttMessage END = new MqttMessage("", new byte[0], false, 0, null, 0);

  /** One that comes by the network. */
  ReceivedMessage(String sessionId, MqttMessage message, @Nullable AckHandle ack) {
    this(sessionId, message, ack, null);
  }

  /** One that was received before a failure. */
  static ReceivedMessage replayed(String sessionId, JournalRecord replayed) {
    return new ReceivedMessage(sessionId, replayed.message(), null, replayed);
  }

  /** Not a message: behind a session's last one, which is drained. */
  static ReceivedMessage endOf(String sessionId) {
    return new ReceivedMessage(sessionId, END, null);
  }

  @SuppressWarnings("ReferenceEquality") // a marker
  boolean isEnd() {
    return message == END;
  }
}
