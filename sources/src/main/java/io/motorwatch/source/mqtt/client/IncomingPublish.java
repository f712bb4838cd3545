package io.motorwatch.source.mqtt.client;

import org.jspecify.annotations.Nullable;

/**
 * A message from the broker.
 *
 * @param duplicate the broker has sent it before and got no acknowledgement (the DUP flag)
 * @param packetId what to acknowledge; 0 at QoS 0
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record IncomingPublish(
    String topic,
    byte[] payload,
    boolean retained,
    boolean duplicate,
    int qos,
    @Nullable String hmac,
    int packetId) {}
