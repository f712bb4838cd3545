package io.motorwatch.tiers;

import io.motorwatch.model.serialization.Wire;
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

  /**
   * The {@link PackedWindows} that are being added to, with the newest closed one; by tier, null
   * without any. Here since they are read and written whenever a window closes.
   */
  final byte @Nullable [][] growing;

  CoarserWindows(int tiers) {
    windows = new WindowStatistics[tiers];
    growing = new byte[tiers][];
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
      // Never changed, only replaced.
      copy.growing[i] = growing[i];
    }
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(windows.length);
    for (int i = 0; i < windows.length; i++) {
      byte[] packed = growing[i];
      out.writeBoolean(packed != null);
      if (packed != null) {
        out.writeLong(newest[i]);
        Wire.writeNumber(newest[i] - oldest[i], out);
        Wire.writeCount(packed.length, out);
        out.write(packed);
      }
    }
    byte[] open = new PackedWindows().behind(coarsestClosed(), windows);
    Wire.writeCount(open.length, out);
    out.write(open);
  }

  /** Closed windows that the open ones resemble; the coarser the tier, the fewer they are. */
  private byte @Nullable [] coarsestClosed() {
    for (int i = growing.length - 1; i >= 0; i--) {
      if (growing[i] != null) {
        return growing[i];
      }
    }
    return null;
  }

  static CoarserWindows read(DataInputView in) throws IOException {
    CoarserWindows coarser = new CoarserWindows(in.readByte());
    for (int i = 0; i < coarser.windows.length; i++) {
      if (in.readBoolean()) {
        coarser.newest[i] = in.readLong();
        coarser.oldest[i] = coarser.newest[i] - Wire.readNumber(in);
        byte[] packed = new byte[Wire.readCount(in)];
        in.readFully(packed);
        coarser.growing[i] = packed;
      }
    }
    byte[] open = new byte[Wire.readCount(in)];
    in.readFully(open);
    new PackedWindows().readBehind(coarser.coarsestClosed(), open, coarser.windows);
    return coarser;
  }
}
