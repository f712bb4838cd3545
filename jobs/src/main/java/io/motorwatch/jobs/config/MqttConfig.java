package io.motorwatch.jobs.config;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.decode.KeyFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code mqtt}.
 *
 * @param version what is spoken; automatic finds it out by asking the broker
 * @param clientIdPrefix unique per deployment: two clients with the same client id keep
 *     disconnecting each other
 * @param topics topic templates, at least one
 * @param sessions fixed broker sessions, 1 or more
 * @param qos the most quality of service to subscribe with, 0 to 2
 * @param receiveMaximum messages a session holds unacknowledged, 1 to 65,534
 * @param acknowledge when the broker may forget a message
 * @param signingKeys of the devices that sign, or null where none does
 */
public record MqttConfig(
    BrokerAddress broker,
    MqttVersion version,
    String clientIdPrefix,
    List<String> topics,
    int sessions,
    int qos,
    int receiveMaximum,
    AcknowledgeConfig acknowledge,
    @Nullable KeyFile signingKeys) {

  MqttConfig withClientIdPrefix(String prefix) {
    return new MqttConfig(
        broker, version, prefix, topics, sessions, qos, receiveMaximum, acknowledge, signingKeys);
  }
}
