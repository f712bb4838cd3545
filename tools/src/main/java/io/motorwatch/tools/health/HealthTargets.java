package io.motorwatch.tools.health;

import java.time.Duration;

/**
 * What a well-performing alarm system keeps, and from when an alarm counts as one of a kind. The
 * defaults are those of ANSI/ISA-18.2-2016, table 6, and IEC 62682, per operating position.
 *
 * @param perDay alarms a day that one operator can likely handle: some 150
 * @param perTenMinutes the most in any ten minutes: 10
 * @param floodShare of the time in flood: 1 %
 * @param topTenShare of the ten most frequent alarms together: 5 % at most
 * @param staleAlarms open for longer than {@code stale} on a day: fewer than 5
 * @param chattering how many raises of one alarm in a minute are chattering: 3
 * @param fleeting cleared sooner than that, before anybody can act: a minute here; the standards
 *     name no time
 * @param stale open for longer than that: 24 h
 */
public record HealthTargets(
    double perDay,
    int perTenMinutes,
    double floodShare,
    double topTenShare,
    int staleAlarms,
    int chattering,
    Duration fleeting,
    Duration stale) {

  public static final HealthTargets DEFAULT =
      new HealthTargets(150, 10, 0.01, 0.05, 5, 3, Duration.ofMinutes(1), Duration.ofHours(24));
}
