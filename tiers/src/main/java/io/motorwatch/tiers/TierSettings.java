package io.motorwatch.tiers;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The section {@code tiers}.
 *
 * @param hot the tier of readings as they came
 * @param aggregated the tiers of windows, finest first; each length divides the next
 * @param events the tier of alarms, status and rejections
 * @param lateMs device-time lateness that still corrects a closed window, milliseconds
 * @param zone whose midnights windows of whole days begin at
 * @param spreadMs wall clock within which a closed window is written, milliseconds; 0: at once
 */
public record TierSettings(
    Tier hot, List<Tier> aggregated, Tier events, long lateMs, ZoneId zone, long spreadMs)
    implements Serializable {

  /** {@link Tier#keepMs()} of a tier that is kept indefinitely. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  /** Days in UTC, windows written at once. */
  public TierSettings(Tier hot, List<Tier> aggregated, Tier events, long lateMs) {
    this(hot, aggregated, events, lateMs, ZoneOffset.UTC, 0);
  }

  /**
   * A tier.
   *
   * @param name of the retention policy, and last part of the bucket
   * @param everyMs length of its windows, milliseconds; 0: none
   * @param keepMs how long it is kept, milliseconds, or {@link #FOR_EVER}
   * @param further what its windows have beside the usual
   */
  public record Tier(String name, long everyMs, long keepMs, FurtherStatistics further)
      implements Serializable {

    /** With the usual statistics only. */
    public Tier(String name, long everyMs, long keepMs) {
      this(name, everyMs, keepMs, FurtherStatistics.NONE);
    }

    public boolean keptForEver() {
      return keepMs == FOR_EVER;
    }
  }

  /** The longest any tier keeps anything. */
  public long longestKeepMs() {
    return aggregated.stream().mapToLong(Tier::keepMs).reduce(hot.keepMs(), Math::max);
  }
}
