package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.MqttVersion;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of MQTT to speak. With {@link MqttVersion#AUTO} MQTT 5, until the broker says that
 * it does not know it. For one thread.
 */
final class VersionChoice {

  private static final Logger LOG = LoggerFactory.getLogger(VersionChoice.class);

  private final MqttVersion wanted;
  private boolean old;

  VersionChoice(MqttVersion wanted) {
    this.wanted = wanted;
    this.old = wanted == MqttVersion.V3;
  }

  /**
   * A connection yet to be made.
   *
   * @throws IOException if a certificate file cannot be read
   */
  BrokerConnection connection(BrokerAddress address, String clientId, Runnable lost)
      throws IOException {
    return old
        ? new Mqtt3Connection(address, clientId, lost)
        : new Mqtt5Connection(address, clientId, lost);
  }

  void failed(Throwable why) {
    if (wanted == MqttVersion.AUTO
        && !old
        && why instanceof Mqtt5ConnAckException refusal
        && refusal.getMqttMessage().getReasonCode()
            == Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      old = true;
      LOG.info("the broker does not speak MQTT 5: messages are published by MQTT 3.1.1");
    }
  }
}
