package io.motorwatch.model;

import java.util.Optional;

/**
 * The units in which devices give the time since 1970 instead of milliseconds. Each is recognised
 * by its magnitude: a time between the years 2001 and 2100 in one unit is in none of the others.
 */
public enum EpochUnit {
  SECONDS("seconds", 1e-3),
  MICROSECONDS("microseconds", 1e3),
  NANOSECONDS("nanoseconds", 1e6);

  private static final double YEAR_2001_MS = 978_307_200_000.0;
  private static final double YEAR_2100_MS = 4_102_444_800_000.0;

  private final String plural;
  private final double perMilli;

  EpochUnit(String plural, double perMilli) {
    this.plural = plural;
    this.perMilli = perMilli;
  }

  /** What a number that is no time in milliseconds looks like, if like anything. */
  public static Optional<EpochUnit> of(double number) {
    for (EpochUnit unit : values()) {
      double millis = number / unit.perMilli;
      if (millis >= YEAR_2001_MS && millis < YEAR_2100_MS) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }

  /** What to do about such a number, for a person. */
  public static String advice(double number) {
    return of(number)
        .map(unit -> "it looks like " + unit.plural + ": send milliseconds since 1970")
        .orElse("send milliseconds since 1970");
  }
}
