package io.motorwatch.jobs.tiers;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of a device once a window of the finest tier closes: the open windows of the tiers
 * above, and between which starts closed windows are kept, by tier. Mutable; belongs to one key.
 */
final class CoarserWindows {

  static final long NONE = Long.MAX_VALUE;

  /** By tier; the finest tier's is elsewhere, so the first is always null. */
  final @Nullable WindowStatistics[] windows;

  /** Start of the oldest closed window kept, or {@link #NONE}; by tier. */
  final long[] oldest;

  /** Start of the newest closed window kept; nothing where there is no oldest. */
  final long[] newest;

  CoarserWindows(int tiers) {
    windows = new WindowStatistics[tiers];
    oldest = new long[tiers];
    newest = new long[tiers];
    Arrays.fill(oldest, NONE);
  }

  CoarserWindows copy() {
    CoarserWindows copy = new CoarserWindows(windows.length);
    for (int i = 0; i < windows.length; i++) {
      WindowStatistics window = windows[i];
      copy.windows[i] = window == null ? null : window.copy();
      copy.oldest[i] = oldest[i];
      copy.newest[i] = newest[i];
    }
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(windows.length);
    for (int i = 0; i < windows.length; i++) {
      out.writeLong(oldest[i]);
      out.writeLong(newest[i]);
      WindowStatistics window = windows[i];
      out.writeBoolean(window != null);
      if (window != null) {
        window.write(out);
      }
    }
  }

  static CoarserWindows read(DataInputView in) throws IOException {
    CoarserWindows coarser = new CoarserWindows(in.readByte());
    for (int i = 0; i < coarser.windows.length; i++) {
      coarser.oldest[i] = in.readLong();
      coarser.newest[i] = in.readLong();
      coarser.windows[i] = in.readBoolean() ? WindowStatistics.read(in) : null;
    }
    return coarser;
  }
}
