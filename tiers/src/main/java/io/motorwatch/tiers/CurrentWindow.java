package io.motorwatch.tiers;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What nearly every reading needs, and no more: the window of the finest tier that the device is
 * in, and where its time is. Mutable; belongs to one key.
 */
final class CurrentWindow {

  static final long NEVER = Long.MIN_VALUE;

  @Nullable WindowStatistics window;

  /** Device time of the newest reading. */
  long lastAt = NEVER;

  /**
   * Device time up to which, after the device's clock was set back, closed windows may lie that
   * readings belong to once more; {@link #NEVER} without.
   */
  long overlapUntil = NEVER;

  MonotonicFields counters = new MonotonicFields();

  /** The window, if a reading of that time belongs to it and to nothing else. */
  @Nullable WindowStatistics soleWindowOf(long at) {
    boolean sole = window != null && at >= lastAt && at < window.end() && overlapUntil == NEVER;
    return sole ? window : null;
  }

  CurrentWindow copy() {
    CurrentWindow copy = new CurrentWindow();
    copy.window = window == null ? null : window.copy();
    copy.lastAt = lastAt;
    copy.overlapUntil = overlapUntil;
    copy.counters = counters.copy();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(lastAt);
    out.writeLong(overlapUntil);
    counters.write(out);
    out.writeBoolean(window != null);
    if (window != null) {
      window.write(out);
    }
  }

  static CurrentWindow read(DataInputView in) throws IOException {
    CurrentWindow current = new CurrentWindow();
    current.lastAt = in.readLong();
    current.overlapUntil = in.readLong();
    current.counters = MonotonicFields.read(in);
    current.window = in.readBoolean() ? WindowStatistics.read(in) : null;
    return current;
  }
}
