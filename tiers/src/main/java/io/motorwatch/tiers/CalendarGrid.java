package io.motorwatch.tiers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Windows of whole days of a time zone, from midnight to midnight: one of a day in which the clocks
 * change has 23 or 25 hours. Windows of several days are counted from 1970-01-01.
 *
 * @param days a window's number of days
 */
record CalendarGrid(long days, ZoneId zone) implements WindowGrid {

  @Override
  public long start(long at) {
    long first = Math.floorDiv(day(at), days) * days;
    // Where midnight itself comes twice, the first counts: what follows is of the new day.
    long next = midnight(first + days);
    return at < next ? midnight(first) : next;
  }

  @Override
  public long end(long start) {
    return midnight(Math.floorDiv(day(start), days) * days + days);
  }

  @Override
  public long usualLength() {
    return days * DAY;
  }

  private long day(long at) {
    return Instant.ofEpochMilli(at).atZone(zone).toLocalDate().toEpochDay();
  }

  private long midnight(long epochDay) {
    return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
