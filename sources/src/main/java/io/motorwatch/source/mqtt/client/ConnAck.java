package io.motorwatch.source.mqtt.client;

/**
 * The broker's answer to CONNECT.
 *
 * @param sessionPresent whether it held our session
 * @param keepAliveSeconds what it wants instead of ours (0: none at all), or {@link #AS_ASKED}
 * @param sessionExpirySeconds how long it keeps the session instead, or {@link #AS_ASKED}
 */
record ConnAck(boolean sessionPresent, long keepAliveSeconds, long sessionExpirySeconds) {

  static final long AS_ASKED = -1;
}
