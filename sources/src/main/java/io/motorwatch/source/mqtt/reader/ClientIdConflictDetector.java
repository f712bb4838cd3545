package io.motorwatch.source.mqtt.reader;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Detects that another client uses our client id: two such clients keep disconnecting each other.
 * One takeover proves nothing, since a restarted task takes over the connection of the attempt
 * before; nor does a broker or network in trouble.
 */
final class ClientIdConflictDetector {

  /** Takeovers that the broker reported within a minute. */
  static final int REPORTED = 3;

  /**
   * Brief connections in a row that ended without a DISCONNECT, as Mosquitto 2.0 ends one taken
   * over.
   */
  static final int SUSPECTED = 6;

  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration BRIEF = Duration.ofSeconds(10);

  private final ArrayDeque<Long> reported = new ArrayDeque<>();
  private int suspected;

  /**
   * Notes a takeover that the broker reported.
   *
   * @param nanos of a monotonic clock
   * @return whether there must be another client
   */
  boolean takenOver(long nanos) {
    reported.add(nanos);
    while (nanos - reported.element() > WINDOW.toNanos()) {
      reported.remove();
    }
    return reported.size() >= REPORTED;
  }

  /**
   * Notes that a connection ended without a DISCONNECT.
   *
   * @return whether there must be another client
   */
  boolean suspected(Duration lifetime) {
    suspected = lifetime.compareTo(BRIEF) < 0 ? suspected + 1 : 0;
    return suspected >= SUSPECTED;
  }

  /** An attempt to connect failed: then it is the broker or the network. */
  void cleared() {
    suspected = 0;
  }
}
