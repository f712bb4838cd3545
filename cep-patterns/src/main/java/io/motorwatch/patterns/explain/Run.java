package io.motorwatch.patterns.explain;

import org.jspecify.annotations.Nullable;

/**
 * One time that a step's condition was true.
 *
 * @param begin device time, epoch milliseconds
 * @param lastTrue the last reading at which it was known to be true
 * @param end the reading that ended it, or {@link Long#MAX_VALUE} while it goes on
 * @param cause what ended it, or null while it goes on
 */
public record Run(long begin, long lastTrue, long end, @Nullable BreakCause cause) {

  public boolean open() {
    return end == Long.MAX_VALUE;
  }

  /** How long it had been true when it ended, or has been, milliseconds. */
  public long lastedMs() {
    return (open() || cause instanceof BreakCause.Gap ? lastTrue : end) - begin;
  }
}
