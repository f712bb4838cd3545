package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message between the network and the job.
 *
 * @param sessionId the split it belongs to
 * @param ack how to acknowledge it; null at QoS 0
 */
record ReceivedMessage(String sessionId, MqttMessage message, @Nullable AckHandle ack) {

  private static final MqttMessage END = new MqttMessage("", new byte[0], false, 0, null, 0);

  /** Not a message: behind a session's last one, which is drained. */
  static ReceivedMessage endOf(String sessionId) {
    return new ReceivedMessage(sessionId, END, null);
  }

  @SuppressWarnings("ReferenceEquality") // a marker
  boolean isEnd() {
    return message == END;
  }
}
