package io.motorwatch.jobs.timeline;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceStatus.Health;
import org.jspecify.annotations.Nullable;

/** What the timeline keeps of one device. Mutable; belongs to one key. */
final class TimelineState {

  static final long NEVER = Long.MIN_VALUE;

  final RecentReadings recent;
  final LatestValues latest;
  final ReorderBuffer waiting;
  Attributes attributes = Attributes.NONE;

  /** Device time of the newest reading passed on. */
  long lastAt = NEVER;

  /** Device time of the newest reading received; ahead of {@link #lastAt} while some wait. */
  long newestAt = NEVER;

  /** Wall clock of the newest reading's arrival. */
  long lastArrival = NEVER;

  /** Arrival less device time of the newest reading, milliseconds. */
  long skew;

  /** The health last told; null before the first. */
  @Nullable Health health;

  /** Wall clock of the pending timer, or {@link #NEVER}. */
  long timer = NEVER;

  /** Wall clock of the pending release from the reorder buffer, or {@link #NEVER}. */
  long releaseAt = NEVER;

  TimelineState(RecentReadings recent, LatestValues latest, ReorderBuffer waiting) {
    this.recent = recent;
    this.latest = latest;
    this.waiting = waiting;
  }

  static TimelineState empty() {
    return new TimelineState(new RecentReadings(), new LatestValues(), new ReorderBuffer());
  }

  TimelineState copy() {
    TimelineState copy = new TimelineState(recent.copy(), latest.copy(), waiting.copy());
    copy.attributes = attributes;
    copy.lastAt = lastAt;
    copy.newestAt = newestAt;
    copy.lastArrival = lastArrival;
    copy.skew = skew;
    copy.health = health;
    copy.timer = timer;
    copy.releaseAt = releaseAt;
    return copy;
  }
}
