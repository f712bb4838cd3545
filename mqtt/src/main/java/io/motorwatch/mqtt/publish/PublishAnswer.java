package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import org.jspecify.annotations.Nullable;

/** What became of a message that was sent. */
public enum PublishAnswer {
  CONFIRMED,

  /** About the message itself: trying again would bring the same answer. */
  REFUSED,

  /** The broker cannot take it at the moment, or does not say why it does not. */
  REFUSED_FOR_NOW,

  CONNECTION_LOST;

  /**
   * Reads what the client reports. The reason codes are those of OASIS MQTT 5.0, 3.4.2.1 and
   * 3.5.2.1.
   *
   * @param error null if the broker confirmed
   */
  public static PublishAnswer of(@Nullable Throwable error) {
    if (error == null) {
      return CONFIRMED;
    }
    if (error instanceof Mqtt5PubAckException refusal) {
      return of(refusal.getMqttMessage().getReasonCode());
    }
    if (error instanceof Mqtt5PubRecException refusal) {
      return of(refusal.getMqttMessage().getReasonCode());
    }
    return error instanceof MqttEncodeException || error instanceof IllegalArgumentException
        ? REFUSED
        : CONNECTION_LOST;
  }

  private static PublishAnswer of(Mqtt5PubAckReasonCode code) {
    return switch (code) {
      case SUCCESS, NO_MATCHING_SUBSCRIBERS -> CONFIRMED;
      case NOT_AUTHORIZED, TOPIC_NAME_INVALID, PAYLOAD_FORMAT_INVALID -> REFUSED;
      case UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          PACKET_IDENTIFIER_IN_USE,
          QUOTA_EXCEEDED ->
          REFUSED_FOR_NOW;
    };
  }

  private static PublishAnswer of(Mqtt5PubRecReasonCode code) {
    return switch (code) {
      case SUCCESS, NO_MATCHING_SUBSCRIBERS -> CONFIRMED;
      case NOT_AUTHORIZED, TOPIC_NAME_INVALID, PAYLOAD_FORMAT_INVALID -> REFUSED;
      case UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          PACKET_IDENTIFIER_IN_USE,
          QUOTA_EXCEEDED ->
          REFUSED_FOR_NOW;
    };
  }
}
