package io.motorwatch.tiers;

import java.util.Iterator;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/**
 * A device's closed windows that readings may still belong to, by tier and start. Kept from a
 * window's end until device time is {@code tiers.late} past it. Those of a stretch of time are
 * packed together, see {@link PackedWindows}; the stretch with the newest is part of {@link
 * CoarserWindows}, the others are entries of a map.
 */
final class ClosedWindows {

  /**
   * Windows of a stretch. More of them need fewer entries; fewer are read sooner when one is added,
   * and leave fewer behind that are too old and yet in one stretch with others.
   */
  private static final int STRETCH = 24;

  /**
   * Windows of the finest tier after which a stretch is written without those of it that are
   * forgotten: two or three are left behind then, where it would be half a stretch. That costs
   * three accesses to the state in twenty-four windows.
   */
  private static final int TRIM = 6;

  /** So many stretches are looked up one by one, rather than all there are. */
  private static final int FEW = 100;

  private final MapState<Long, byte[]> state;
  private final WindowGrid[] grids;
  private final PackedWindows packing = new PackedWindows();

  /**
   * @param state stretches but the newest, by {@link #key}
   */
  ClosedWindows(MapState<Long, byte[]> state, WindowGrid[] grids) {
    this.state = state;
    this.grids = grids;
  }

  /**
   * Unambiguous for up to 64 tiers.
   *
   * @param number a window's start, or a stretch's number
   */
  static Long key(int tier, long number) {
    return number << 6 | tier;
  }

  static int tier(Long key) {
    return (int) (key & 63);
  }

  private long stretch(int tier, long start) {
    return Math.floorDiv(start, STRETCH * grids[tier].usualLength());
  }

  /** The part of its stretch that a window lies in; the parts before it are trimmed together. */
  private long part(int tier, long start) {
    long length = grids[tier].usualLength();
    long parts = Math.max(length, TRIM * grids[0].usualLength());
    return Math.floorMod(start, STRETCH * length) / parts;
  }

  @Nullable WindowStatistics get(int tier, long start, CoarserWindows bounds) throws Exception {
    if (bounds.oldest[tier] == CoarserWindows.NONE
        || start < bounds.oldest[tier]
        || start > bounds.newest[tier]) {
      return null;
    }
    byte[] packed = packed(tier, stretch(tier, start), bounds);
    return packed == null ? null : packing.find(start, packed);
  }

  private byte @Nullable [] packed(int tier, long stretch, CoarserWindows bounds) throws Exception {
    return stretch == stretch(tier, bounds.newest[tier])
        ? bounds.growing[tier]
        : state.get(key(tier, stretch));
  }

  private void put(int tier, long stretch, byte @Nullable [] packed, CoarserWindows bounds)
      throws Exception {
    if (stretch == stretch(tier, bounds.newest[tier])) {
      bounds.growing[tier] = packed;
    } else if (packed == null) {
      state.remove(key(tier, stretch));
    } else {
      state.put(key(tier, stretch), packed);
    }
  }

  void put(int tier, WindowStatistics window, CoarserWindows bounds) throws Exception {
    long start = window.start();
    long stretch = stretch(tier, start);
    if (bounds.oldest[tier] == CoarserWindows.NONE) {
      bounds.oldest[tier] = start;
      bounds.newest[tier] = start;
    } else if (start > bounds.newest[tier]) {
      byte[] full = bounds.growing[tier];
      long before = stretch(tier, bounds.newest[tier]);
      bounds.newest[tier] = start;
      if (stretch != before) {
        bounds.growing[tier] = null;
        put(tier, before, full, bounds);
      }
    } else if (start < bounds.oldest[tier]) {
      // What is forgotten must not be found once there is an older one.
      trim(tier, bounds);
      bounds.oldest[tier] = start;
    }
    put(tier, stretch, packing.with(window, packed(tier, stretch, bounds)), bounds);
  }

  /** Windows before the oldest that share its stretch are forgotten, but may still be there. */
  private void trim(int tier, CoarserWindows bounds) throws Exception {
    long oldest = bounds.oldest[tier];
    long stretch = stretch(tier, oldest);
    byte[] packed = packed(tier, stretch, bounds);
    if (packed != null) {
      put(tier, stretch, packing.since(oldest, packed), bounds);
    }
  }

  /** Forgets all that end by this device time. */
  void forgetBefore(long deviceTime, CoarserWindows bounds) throws Exception {
    for (int tier = 0; tier < grids.length; tier++) {
      long oldest = bounds.oldest[tier];
      if (oldest == CoarserWindows.NONE || grids[tier].end(oldest) > deviceTime) {
        continue;
      }
      long next = grids[tier].start(deviceTime);
      if (next > bounds.newest[tier]) {
        forget(tier, stretch(tier, oldest), stretch(tier, bounds.newest[tier]));
        bounds.growing[tier] = null;
        bounds.oldest[tier] = CoarserWindows.NONE;
        continue;
      }
      boolean sameStretch = stretch(tier, oldest) == stretch(tier, next);
      forget(tier, stretch(tier, oldest), stretch(tier, next));
      bounds.oldest[tier] = next;
      if (part(tier, next) > (sameStretch ? part(tier, oldest) : 0)) {
        trim(tier, bounds);
      }
    }
  }

  /** Forgets stretches from one up to another, which is kept. */
  private void forget(int tier, long from, long to) throws Exception {
    if (to - from > FEW) {
      for (Iterator<Long> keys = state.keys().iterator(); keys.hasNext(); ) {
        long key = keys.next();
        if (tier(key) == tier && key >> 6 < to) {
          keys.remove();
        }
      }
      return;
    }
    for (long stretch = from; stretch < to; stretch++) {
      state.remove(key(tier, stretch));
    }
  }

  void clear() {
    state.clear();
  }
}
