package io.motorwatch.tiers;

import io.motorwatch.tiers.TierSettings.Tier;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Where a tier's windows begin and end. Windows follow one another without gap or overlap: {@code
 * start(at) <= at < end(start(at))} for every time.
 */
sealed interface WindowGrid extends Serializable permits FixedGrid, CalendarGrid {

  long DAY = 86_400_000;

  /** Start of the window that holds this time; both in epoch milliseconds. */
  long start(long at);

  /** End, exclusive, of the window with this start; both in epoch milliseconds. */
  long end(long start);

  /** Length of a window, but for days in which clocks change; milliseconds. */
  long usualLength();

  /** Windows of whole days begin at midnight of the zone, shorter ones follow the epoch. */
  static WindowGrid of(Tier tier, ZoneId zone) {
    boolean utc = zone.normalized().equals(ZoneOffset.UTC);
    return utc || tier.everyMs() % DAY != 0
        ? new FixedGrid(tier.everyMs())
        : new CalendarGrid(tier.everyMs() / DAY, zone);
  }
}
