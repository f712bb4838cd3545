package io.motorwatch.source.mqtt.reader;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses that double from one failed attempt to the next, each longer by a random part of up to a
 * half, so that a fleet of readers does not return to a restarted broker in the same instant.
 */
final class ReconnectBackoff {

  private final long minMillis;
  private final long maxMillis;
  private final DoubleSupplier random;
  private long base;

  /**
   * @param random gives 0 to 1
   */
  ReconnectBackoff(Duration min, Duration max, DoubleSupplier random) {
    this.minMillis = min.toMillis();
    this.maxMillis = max.toMillis();
    this.random = random;
    this.base = minMillis;
  }

  /** The next pause, milliseconds. */
  long next() {
    long pause = base + (long) (base * random.getAsDouble() / 2);
    base = Math.min(base * 2, maxMillis);
    return Math.min(pause, maxMillis);
  }

  /** After success. */
  void reset() {
    base = minMillis;
  }
}
