package io.motorwatch.tiers;

import org.jspecify.annotations.Nullable;

/**
 * All of a device's open windows, finest first.
 *
 * @param current has the finest
 * @param coarser has the others
 */
record DeviceWindows(CurrentWindow current, CoarserWindows coarser) {

  @Nullable WindowStatistics get(int tier) {
    return tier == 0 ? current.window : coarser.windows[tier];
  }

  void set(int tier, @Nullable WindowStatistics window) {
    if (tier == 0) {
      current.window = window;
    } else {
      coarser.windows[tier] = window;
    }
  }
}
