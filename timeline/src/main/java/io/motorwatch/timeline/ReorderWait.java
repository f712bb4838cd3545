package io.motorwatch.timeline;

import org.apache.flink.streaming.api.TimerService;

/**
 * How long readings wait in the {@link ReorderBuffer}. A reading that waited when a checkpoint was
 * taken may have been overtaken by one that no checkpoint held; the broker sends that one again
 * after a restart, but not before sessions are connected. So the wait of all starts again with the
 * first event of an attempt, or a bounded time after its start where none comes. Not part of a
 * checkpoint; for the task's thread.
 */
final class ReorderWait {

  /** Longer than it takes to connect to a broker that is there. */
  private static final long LONGEST_UNTIL_FIRST_MS = 10_000;

  private final long windowMs;

  /** Wall clocks of this attempt, epoch milliseconds. */
  private long startedAt = TimelineState.NEVER;

  private long firstEventAt = TimelineState.NEVER;

  /**
   * @param windowMs {@code timeline.reorder-window}, milliseconds; 0: nothing waits
   */
  ReorderWait(long windowMs) {
    this.windowMs = windowMs;
  }

  boolean isNone() {
    return windowMs == 0;
  }

  /** Call with each event. */
  void arrived(TimerService timers) {
    if (firstEventAt == TimelineState.NEVER) {
      firstEventAt = timers.currentProcessingTime();
    }
  }

  /** When a reading that arrived then has waited long enough, as far as is known. */
  long endFor(long arrivedAt) {
    return arrivedAt + windowMs;
  }

  /** Those that arrived by then have waited long enough at this wall clock. */
  long arrivedBy(long now) {
    return now - windowMs;
  }

  /** When those that have waited long enough may go, if that is not now: later than now. */
  long notBefore(long now) {
    if (startedAt == TimelineState.NEVER) {
      startedAt = now;
    }
    if (firstEventAt != TimelineState.NEVER) {
      return firstEventAt + windowMs;
    }
    return Math.min(now + windowMs, startedAt + LONGEST_UNTIL_FIRST_MS);
  }
}
