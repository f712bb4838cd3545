package io.motorwatch.source.mqtt;

import io.motorwatch.model.serialization.ImmutableTypeInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came from the broker. Its payload is not to be changed: operators share it.
 *
 * @param retained whether the broker had kept it from before we subscribed
 * @param qos the quality of service it was delivered with: 0, 1 or 2
 * @param hmac the MQTT 5 user property {@value #HMAC_PROPERTY}, or null
 * @param arrivedAt wall clock at arrival, epoch milliseconds
 * @param redelivered whether the broker sent it before without getting an acknowledgement; what the
 *     job has got already the source does not hand on once more
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; copying would cost
public record MqttMessage(
    String topic,
    byte[] payload,
    boolean retained,
    int qos,
    @Nullable String hmac,
    long arrivedAt,
    boolean redelivered) {

  /** A message that comes for the first time. */
  public MqttMessage(
      String topic,
      byte[] payload,
      boolean retained,
      int qos,
      @Nullable String hmac,
      long arrivedAt) {
    this(topic, payload, retained, qos, hmac, arrivedAt, false);
  }

  public static final String HMAC_PROPERTY = "hmac-sha256";

  /** The Flink type, with a serializer of ours. */
  public static final ImmutableTypeInfo<MqttMessage> TYPE_INFO =
      MqttMessageSerializer.INSTANCE.typeInfo(MqttMessage.class);

  @Override
  public boolean equals(Object other) {
    return other instanceof MqttMessage that
        && topic.equals(that.topic)
        && Arrays.equals(payload, that.payload)
        && retained == that.retained
        && qos == that.qos
        && (hmac == null ? that.hmac == null : hmac.equals(that.hmac))
        && arrivedAt == that.arrivedAt
        && redelivered == that.redelivered;
  }

  @Override
  public int hashCode() {
    return 31 * topic.hashCode() + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "MqttMessage[%s, %d bytes, qos %d%s]"
        .formatted(topic, payload.length, qos, retained ? ", retained" : "");
  }
}
