package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.tiers.TierSettings.Tier;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowGridTest {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private static WindowGrid days(int days, String zone) {
    return WindowGrid.of(new Tier("archive", days * DAY, DAY), ZoneId.of(zone));
  }

  private static long at(String local, String zone) {
    return ZonedDateTime.parse(local + "[" + zone + "]").toInstant().toEpochMilli();
  }

  private static long hours(WindowGrid grid, long at) {
    long start = grid.start(at);
    return (grid.end(start) - start) / HOUR;
  }

  @Test
  void theDayTheClocksGoForwardHas23HoursAndTheDayTheyGoBackHas25() {
    String berlin = "Europe/Berlin";
    WindowGrid grid = days(1, berlin);
    long spring = at("2024-03-31T12:00:00+02:00", berlin);
    assertThat(grid.start(spring)).isEqualTo(at("2024-03-31T00:00:00+01:00", berlin));
    assertThat(hours(grid, spring)).isEqualTo(23);
    long autumn = at("2024-10-27T02:30:00+01:00", berlin);
    assertThat(grid.start(autumn)).isEqualTo(at("2024-10-27T00:00:00+02:00", berlin));
    assertThat(hours(grid, autumn)).isEqualTo(25);
    assertThat(hours(grid, at("2024-07-01T12:00:00+02:00", berlin))).isEqualTo(24);
  }

  @Test
  void whereMidnightIsSkippedTheDayBeginsWhenTheClocksHaveGoneForward() {
    WindowGrid grid = days(1, "America/Havana");
    long day = Instant.parse("2024-03-10T12:00:00Z").toEpochMilli();
    assertThat(grid.start(day)).isEqualTo(Instant.parse("2024-03-10T05:00:00Z").toEpochMilli());
    assertThat(hours(grid, day)).isEqualTo(23);
  }

  @Test
  void daysOfUtcAndShorterWindowsFollowTheEpoch() {
    assertThat(days(1, "UTC")).isEqualTo(new FixedGrid(DAY));
    assertThat(WindowGrid.of(new Tier("cold", HOUR, DAY), ZoneId.of("Europe/Berlin")))
        .isEqualTo(new FixedGrid(HOUR));
  }

  // In St. John's midnight came twice until 2011, and Apia left out the whole of 2011-12-30.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "America/Havana",
        "Australia/Lord_Howe",
        "UTC"
      })
  void windowsFollowOneAnotherWithoutGapOrOverlap(String zone) {
    for (int days : new int[] {1, 7}) {
      WindowGrid grid = days(days, zone);
      long last = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
      long start = grid.start(Instant.parse("2000-01-01T00:00:00Z").toEpochMilli());
      while (start < last) {
        long end = grid.end(start);
        assertThat(end).isGreaterThan(start);
        assertThat(grid.start(start)).isEqualTo(start);
        assertThat(grid.start(end - 1)).isEqualTo(start);
        assertThat(grid.start(end)).isEqualTo(end);
        start = end;
      }
      Random random = new Random(7);
      for (int i = 0; i < 2_000; i++) {
        long at = (long) (random.nextDouble() * last);
        assertThat(grid.start(at)).isLessThanOrEqualTo(at);
        assertThat(grid.end(grid.start(at))).isGreaterThan(at);
      }
    }
  }
}
