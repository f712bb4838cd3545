package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.mqtt.AckMode;
import java.io.Serializable;
import java.time.Duration;

/**
 * How every session of a source connects.
 *
 * @param receiveMaximum unacknowledged messages the broker may send ahead, 1 to 65,534
 * @param sessionExpiry how long the broker keeps a session that nobody reads
 * @param maxQos of the subscriptions, 0 to 2
 * @param maxPayloadBytes longer payloads are cut to one byte more
 */
public record SessionOptions(
    BrokerAddress broker,
    MqttVersion version,
    int receiveMaximum,
    Duration sessionExpiry,
    Duration keepAlive,
    AckOptions acks,
    ReconnectPolicy reconnect,
    int maxQos,
    int maxPayloadBytes)
    implements Serializable {

  AckMode ackMode() {
    return acks.mode();
  }
}
