package io.motorwatch.timeline;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceStatus.Health;
import org.jspecify.annotations.Nullable;

/** What the timeline keeps of one device. Mutable; belongs to one key. */
final class TimelineState {

  static final long NEVER = Long.MIN_VALUE;

  final RecentReadings recent;
  final LatestValues latest;
  final ReorderBuffer waiting;
  final ClockSkew skew;
  final LateRun lateRun;
  Attributes attributes = Attributes.NONE;

  /** Device time of the newest reading passed on. */
  long lastAt = NEVER;

  /** Device time of the newest reading received; ahead of {@link #lastAt} while some wait. */
  long newestAt = NEVER;

  /** The newest device time by the clock as it was before it was set back, or {@link #NEVER}. */
  long formerAt = NEVER;

  /** Wall clock at which the device last sent something. */
  long lastSeen = NEVER;

  /** The health last reported; null before the first. */
  @Nullable Health health;

  /** Whether the device has sent nothing for as long as it may be silent. */
  boolean silent;

  /** Wall clock of the pending timer, for silence and after it to forget, or {@link #NEVER}. */
  long timer = NEVER;

  /** Wall clock of the pending release from the reorder buffer, or {@link #NEVER}. */
  long releaseAt = NEVER;

  TimelineState(
      RecentReadings recent,
      LatestValues latest,
      ReorderBuffer waiting,
      ClockSkew skew,
      LateRun lateRun) {
    this.recent = recent;
    this.latest = latest;
    this.waiting = waiting;
    this.skew = skew;
    this.lateRun = lateRun;
  }

  static TimelineState empty() {
    return new TimelineState(
        new RecentReadings(),
        new LatestValues(),
        new ReorderBuffer(),
        new ClockSkew(),
        new LateRun());
  }

  TimelineState copy() {
    TimelineState copy =
        new TimelineState(
            recent.copy(), latest.copy(), waiting.copy(), skew.copy(), lateRun.copy());
    copy.attributes = attributes;
    copy.lastAt = lastAt;
    copy.newestAt = newestAt;
    copy.formerAt = formerAt;
    copy.lastSeen = lastSeen;
    copy.health = health;
    copy.silent = silent;
    copy.timer = timer;
    copy.releaseAt = releaseAt;
    return copy;
  }
}
