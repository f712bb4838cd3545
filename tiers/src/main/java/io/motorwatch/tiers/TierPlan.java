package io.motorwatch.tiers;

import io.motorwatch.tiers.TierSettings.Tier;
import java.util.List;

/**
 * What is fixed of each tier, by its place, finest first.
 *
 * @param lateMs device-time lateness that still corrects a closed window, milliseconds
 */
record TierPlan(
    WindowGrid[] grids, FurtherSums.Kept[] tracked, Aggregates[] aggregates, long lateMs) {

  static TierPlan of(TierSettings config) {
    List<Tier> tiers = config.aggregated();
    int size = tiers.size();
    TierPlan plan =
        new TierPlan(
            new WindowGrid[size],
            new FurtherSums.Kept[size],
            new Aggregates[size],
            config.lateMs());
    for (int i = 0; i < size; i++) {
      plan.grids[i] = WindowGrid.of(tiers.get(i), config.zone());
      plan.tracked[i] = FurtherSums.Kept.by(tiers, i);
      plan.aggregates[i] = new Aggregates(tiers.get(i));
    }
    return plan;
  }

  int size() {
    return grids.length;
  }

  long start(int tier, long at) {
    return grids[tier].start(at);
  }

  /** An empty window of the tier that holds this time. */
  WindowStatistics window(int tier, long at) {
    long start = grids[tier].start(at);
    return new WindowStatistics(start, grids[tier].end(start), tracked[tier]);
  }
}
