package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import org.jspecify.annotations.Nullable;

/** What became of a message that was sent. */
public enum PublishAnswer {
  CONFIRMED,

  /** About the message itself: trying again would bring the same answer. */
  REFUSED,

  /** The broker cannot take it at the moment, or does not say why it does not. */
  REFUSED_FOR_NOW,

  CONNECTION_LOST;

  private static final int SUCCESS = 0x00;
  private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int TOPIC_NAME_INVALID = 0x90;
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;

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

  /** PUBACK and PUBREC have the same codes, of two types. */
  private static PublishAnswer of(Mqtt5ReasonCode code) {
    return switch (code.getCode()) {
      case SUCCESS, NO_MATCHING_SUBSCRIBERS -> CONFIRMED;
      case NOT_AUTHORIZED, TOPIC_NAME_INVALID, PAYLOAD_FORMAT_INVALID -> REFUSED;
      default -> REFUSED_FOR_NOW;
    };
  }
}
