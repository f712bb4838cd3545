package io.motorwatch.source.mqtt.reader;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Tells two clients that throw each other out for ever from the one takeover that a restarted task
 * causes, whose forerunner's connection still lingered, and from a broker or network in trouble.
 */
final class ClientIdConflictDetector {

  /** Takeovers of which the broker told within a minute. */
  static final int TOLD = 3;

  /** Brief connections in a row that ended without a word, as Mosquitto 2.0 ends one taken over. */
  static final int SUSPECTED = 6;

  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration BRIEF = Duration.ofSeconds(10);

  private final ArrayDeque<Long> told = new ArrayDeque<>();
  private int suspected;

  /**
   * Notes a takeover of which the broker told.
   *
   * @param nanos of a monotonic clock
   * @return whether there must be a rival
   */
  boolean told(long nanos) {
    told.add(nanos);
    while (nanos - told.element() > WINDOW.toNanos()) {
      told.remove();
    }
    return told.size() >= TOLD;
  }

  /**
   * Notes that a connection ended without a word.
   *
   * @return whether there must be a rival
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
