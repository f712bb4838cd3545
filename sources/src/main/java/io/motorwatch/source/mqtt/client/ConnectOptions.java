package io.motorwatch.source.mqtt.client;

import java.time.Duration;

/**
 * What a connection asks of the broker.
 *
 * @param protocol without MQTT 5, the broker sets expiry and Receive Maximum
 * @param cleanStart whether to begin without what the broker may hold for the client id
 * @param sessionExpirySeconds 0 to 4,294,967,295: how long it keeps the session afterwards
 * @param receiveMaximum 1 to 65,534 messages it may send ahead of their acknowledgement
 * @param keepAlive 1 s to 65,535 s between signs of life
 * @param timeout for the TCP connect, the TLS handshake, and the answer to CONNECT, each
 * @param maxPayloadBytes longer payloads are cut to one byte more, by which they are recognised
 */
public record ConnectOptions(
    Protocol protocol,
    String clientId,
    boolean cleanStart,
    long sessionExpirySeconds,
    int receiveMaximum,
    Duration keepAlive,
    Duration timeout,
    int maxPayloadBytes) {}
