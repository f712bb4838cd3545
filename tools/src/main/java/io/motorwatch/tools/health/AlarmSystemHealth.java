package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Map;

/**
 * The performance of an alarm system in a time range, in the terms of ISA-18.2 and IEC 62682.
 *
 * @param since the begin of the range, epoch milliseconds of device time
 * @param until its end, not in it any more
 * @param alarms raised in it
 * @param devices that raised any
 * @param acknowledged of them
 * @param bySeverity how many of each severity, most severe last
 * @param load how many came when
 * @param nuisance alarms that tell nobody anything
 * @param standing open at the end, the longest first
 * @param topTen the most frequent sources, with how often each was raised
 * @param neverRaised patterns of the file that raised nothing
 */
public record AlarmSystemHealth(
    long since,
    long until,
    int alarms,
    int devices,
    int acknowledged,
    Map<String, Integer> bySeverity,
    Load load,
    Nuisance nuisance,
    List<AlarmRecord> standing,
    List<Count> topTen,
    List<String> neverRaised) {

  /**
   * How many alarms came when.
   *
   * @param perHour on average
   * @param perDay on average
   * @param mostOfDevice the most of one device
   * @param peakTenMinutes the most in any ten minutes
   * @param peakAt when these began
   * @param floodShare of the time in flood: from the tenth alarm within ten minutes until fewer
   *     than five came within ten
   */
  public record Load(
      double perHour,
      double perDay,
      DeviceCount mostOfDevice,
      int peakTenMinutes,
      long peakAt,
      double floodShare) {}

  /**
   * Alarms that tell nobody anything.
   *
   * @param chattering alarms that were raised at least three times within a minute, by source
   * @param fleeting cleared before anybody could act
   * @param stale open for longer than a day at any time
   */
  public record Nuisance(List<Count> chattering, int fleeting, List<AlarmRecord> stale) {

    /** All alarms that chattered. */
    public int chatteringAlarms() {
      return chattering.stream().mapToInt(Count::alarms).sum();
    }
  }

  /** How often something was raised. */
  public record Count(AlarmSource source, int alarms) {}

  /**
   * How many alarms a device had.
   *
   * @param device null where there is none
   */
  public record DeviceCount(@org.jspecify.annotations.Nullable DeviceId device, int alarms) {}

  public double days() {
    return (until - since) / 86_400_000.0;
  }

  /** The share of all alarms that the ten most frequent sources have, 0 to 1. */
  public double topTenShare() {
    int sum = topTen.stream().mapToInt(Count::alarms).sum();
    return alarms == 0 ? 0 : sum / (double) alarms;
  }
}
