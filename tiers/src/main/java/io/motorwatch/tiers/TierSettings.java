package io.motorwatch.tiers;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  public static final long INDEFINITELY = Long.MAX_VALUE;

  /** Days in UTC, windows written at once. */
  public TierSettings(Tier hot, List<Tier> aggregated, Tier events, long lateMs) {
    this(hot, aggregated, events, lateMs, ZoneOffset.UTC, 0);
  }

  /**
   * A tier.
   *
   * @param name of the retention policy, and last part of the bucket
   * @param everyMs length of its windows, milliseconds; 0: none
   * @param keepMs how long it is kept, milliseconds, or {@link #INDEFINITELY}
   * @param further what its windows have beside the usual
   */
  public record Tier(String name, long everyMs, long keepMs, FurtherStatistics further)
      implements Serializable {

    /** With the usual statistics only. */
    public Tier(String name, long everyMs, long keepMs) {
      this(name, everyMs, keepMs, FurtherStatistics.NONE);
    }

    public boolean isKeptIndefinitely() {
      return keepMs == INDEFINITELY;
    }
  }

  /** The names of the tiers of windows. */
  public Set<String> aggregatedNames() {
    return aggregated.stream().map(Tier::name).collect(Collectors.toUnmodifiableSet());
  }

  /** And of the hot tier. */
  public Set<String> telemetryNames() {
    return Stream.concat(Stream.of(hot), aggregated.stream())
        .map(Tier::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The longest any tier keeps anything. */
  public long longestKeepMs() {
    return aggregated.stream().mapToLong(Tier::keepMs).reduce(hot.keepMs(), Math::max);
  }
}
