package io.motorwatch.sink;

import java.time.Duration;

/** Lets one message through per period and counts the others. Not thread-safe. */
public final class LogRateLimiter {

  private final long periodNanos;
  private long last;
  private boolean used;
  private long held;

  public LogRateLimiter(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** Whether to log now. */
  public boolean permits() {
    long now = System.nanoTime();
    if (used && now - last < periodNanos) {
      held++;
      return false;
    }
    used = true;
    last = now;
    return true;
  }

  /** How many were held back since the last asked. */
  public long takeHeld() {
    long count = held;
    held = 0;
    return count;
  }
}
