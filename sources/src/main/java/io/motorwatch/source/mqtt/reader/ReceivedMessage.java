package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message between the network and the job.
 *
 * @param sessionId the split it belongs to
 * @param ack how to acknowledge it; null at QoS 0
 */
record ReceivedMessage(String sessionId, MqttMessage message, @Nullable AckHandle ack) {}
