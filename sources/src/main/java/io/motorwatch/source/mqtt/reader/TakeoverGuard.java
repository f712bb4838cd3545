package io.motorwatch.source.mqtt.reader;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Tells two clients that throw each other out for ever from the one takeover that a restarted task
 * causes, whose forerunner's connection still lingered.
 */
final class TakeoverGuard {

  static final int LIMIT = 3;
  static final Duration WINDOW = Duration.ofSeconds(60);

  private final ArrayDeque<Long> takeovers = new ArrayDeque<>();

  /**
   * Notes a takeover.
   *
   * @param nanos of a monotonic clock
   * @return whether it is the third within a minute
   */
  boolean rapid(long nanos) {
    takeovers.add(nanos);
    while (nanos - takeovers.element() > WINDOW.toNanos()) {
      takeovers.remove();
    }
    return takeovers.size() >= LIMIT;
  }
}
