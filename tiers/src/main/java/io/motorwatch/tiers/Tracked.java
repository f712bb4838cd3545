package io.motorwatch.tiers;

import io.motorwatch.tiers.TierSettings.Tier;
import java.io.Serializable;
import java.util.List;

/**
 * What windows of a tier keep beside the usual sums. A tier keeps also what only a coarser one
 * writes, as that one is made of it.
 */
record Tracked(boolean deviations, boolean sketches) implements Serializable {

  static final Tracked NOTHING = new Tracked(false, false);

  /** For tiers listed finest first, that of the tier with this place. */
  static Tracked by(List<Tier> tiers, int place) {
    List<Tier> made = tiers.subList(place, tiers.size());
    return new Tracked(
        made.stream().anyMatch(tier -> tier.further().stddev()),
        made.stream().anyMatch(tier -> !tier.further().quantiles().isEmpty()));
  }
}
