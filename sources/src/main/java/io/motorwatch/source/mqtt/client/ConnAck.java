package io.motorwatch.source.mqtt.client;

import java.time.Duration;

/**
 * The broker's answer to CONNECT.
 *
 * @param sessionPresent whether it held our session
 * @param keepAliveSeconds what it wants instead of ours (0: none at all), or {@link #AS_ASKED}
 * @param sessionExpirySeconds how long it keeps the session instead, or {@link #AS_ASKED}
 */
record ConnAck(boolean sessionPresent, long keepAliveSeconds, long sessionExpirySeconds) {

  static final long AS_ASKED = -1;

  /**
   * The keep-alive that counts. A broker that expects no sign of life from us must still send its
   * own.
   */
  Duration keepAlive(Duration asked) {
    return keepAliveSeconds > 0 ? Duration.ofSeconds(keepAliveSeconds) : asked;
  }

  /** The session expiry that counts, seconds. */
  long sessionExpiry(long asked) {
    return sessionExpirySeconds == AS_ASKED ? asked : sessionExpirySeconds;
  }
}
