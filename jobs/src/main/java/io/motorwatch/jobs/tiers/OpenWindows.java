package io.motorwatch.jobs.tiers;

import org.jspecify.annotations.Nullable;

/**
 * The window of each tier that a device is in, finest first, and what the wall-clock flush needs.
 * Mutable; belongs to one key.
 */
final class OpenWindows {

  static final long NEVER = Long.MIN_VALUE;

  final @Nullable WindowStatistics[] windows;

  /** Device time of the newest reading. */
  long lastAt = NEVER;

  /** Wall clock of the newest reading's arrival. */
  long lastArrival = NEVER;

  /** Wall clock of the pending timer, or {@link #NEVER}. */
  long timer = NEVER;

  OpenWindows(int tiers) {
    this.windows = new WindowStatistics[tiers];
  }

  OpenWindows copy() {
    OpenWindows copy = new OpenWindows(windows.length);
    for (int i = 0; i < windows.length; i++) {
      WindowStatistics window = windows[i];
      copy.windows[i] = window == null ? null : window.copy();
    }
    copy.lastAt = lastAt;
    copy.lastArrival = lastArrival;
    copy.timer = timer;
    return copy;
  }
}
