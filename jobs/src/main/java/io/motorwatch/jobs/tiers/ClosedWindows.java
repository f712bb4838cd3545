package io.motorwatch.jobs.tiers;

import java.util.Iterator;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A device's closed windows that readings may still belong to, by tier and start. Kept from a
 * window's end until device time is {@code tiers.late} past it.
 */
final class ClosedWindows {

  /** So many windows between two are looked up one by one, rather than all there are. */
  private static final int FEW = 1_000;

  private final MapState<Long, byte[]> state;
  private final WindowGrid[] grids;
  private final DataInputDeserializer in = new DataInputDeserializer();
  private final DataOutputSerializer out = new DataOutputSerializer(256);

  /**
   * @param state windows as bytes: as objects on the heap they would take four times the room
   */
  ClosedWindows(MapState<Long, byte[]> state, WindowGrid[] grids) {
    this.state = state;
    this.grids = grids;
  }

  /** Unambiguous for up to 64 tiers. */
  static Long key(int tier, long start) {
    return start << 6 | tier;
  }

  static int tier(Long key) {
    return (int) (key & 63);
  }

  @Nullable WindowStatistics get(int tier, long start) throws Exception {
    byte[] bytes = state.get(key(tier, start));
    if (bytes == null) {
      return null;
    }
    in.setBuffer(bytes);
    return WindowStatisticsSerializer.INSTANCE.deserialize(in);
  }

  void put(int tier, WindowStatistics window, CoarserWindows bounds) throws Exception {
    long start = window.start();
    boolean first = bounds.oldest[tier] == CoarserWindows.NONE;
    bounds.newest[tier] = first ? start : Math.max(bounds.newest[tier], start);
    bounds.oldest[tier] = first ? start : Math.min(bounds.oldest[tier], start);
    out.clear();
    WindowStatisticsSerializer.INSTANCE.serialize(window, out);
    state.put(key(tier, start), out.getCopyOfBuffer());
  }

  /** Forgets all that end by this device time. */
  void forgetBefore(long deviceTime, CoarserWindows bounds) throws Exception {
    for (int tier = 0; tier < grids.length; tier++) {
      long oldest = bounds.oldest[tier];
      if (oldest == CoarserWindows.NONE) {
        continue;
      }
      long newest = bounds.newest[tier];
      WindowGrid grid = grids[tier];
      int looked = 0;
      while (oldest <= newest && grid.end(oldest) <= deviceTime && looked < FEW) {
        state.remove(key(tier, oldest));
        oldest = grid.end(oldest);
        looked++;
      }
      if (looked == FEW) {
        oldest = forgetAmongAll(tier, deviceTime);
      }
      bounds.oldest[tier] = oldest > newest ? CoarserWindows.NONE : oldest;
    }
  }

  /** Start of the oldest window that is left, or {@link CoarserWindows#NONE}. */
  private long forgetAmongAll(int tier, long deviceTime) throws Exception {
    long oldest = CoarserWindows.NONE;
    for (Iterator<Long> keys = state.keys().iterator(); keys.hasNext(); ) {
      long key = keys.next();
      long start = key >> 6;
      if (tier(key) != tier) {
        continue;
      }
      if (grids[tier].end(start) <= deviceTime) {
        keys.remove();
      } else {
        oldest = Math.min(oldest, start);
      }
    }
    return oldest;
  }

  void clear() {
    state.clear();
  }
}
