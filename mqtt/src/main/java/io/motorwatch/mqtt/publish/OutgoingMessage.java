package io.motorwatch.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message to publish. Not to be changed after creation. */
public final class OutgoingMessage {

  private final String topic;
  private final byte[] payload;
  private final int qos;
  private final boolean retain;

  /**
   * @param topic without wildcards
   * @param payload taken over, not copied; empty on a retained message removes what was retained
   * @param qos 0 (not repeated after a failure), 1 or 2
   * @param retain whether the broker keeps it for new subscribers
   */
  public OutgoingMessage(String topic, byte[] payload, int qos, boolean retain) {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS is 0, 1 or 2, not " + qos);
    }
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
    this.retain = retain;
  }

  public String topic() {
    return topic;
  }

  public byte[] payload() {
    return payload;
  }

  public int qos() {
    return qos;
  }

  public boolean retain() {
    return retain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutgoingMessage that
        && topic.equals(that.topic)
        && Arrays.equals(payload, that.payload)
        && qos == that.qos
        && retain == that.retain;
  }

  @Override
  public int hashCode() {
    return 31 * topic.hashCode() + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return topic + (retain ? " (retained) " : " ") + new String(payload, StandardCharsets.UTF_8);
  }
}
