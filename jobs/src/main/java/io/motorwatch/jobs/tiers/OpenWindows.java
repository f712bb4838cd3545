package io.motorwatch.jobs.tiers;

import org.jspecify.annotations.Nullable;

/** The window of each tier that a device is in, finest first. Mutable; belongs to one key. */
final class OpenWindows {

  static final long NEVER = Long.MIN_VALUE;

  final @Nullable WindowStatistics[] windows;

  /** Device time of the newest reading. */
  long lastAt = NEVER;

  /**
   * Device time up to which, after the device's clock was set back, closed windows may lie that
   * readings belong to once more; {@link #NEVER} without.
   */
  long overlapUntil = NEVER;

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
    copy.overlapUntil = overlapUntil;
    return copy;
  }
}
