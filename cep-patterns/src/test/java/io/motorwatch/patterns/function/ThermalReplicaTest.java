package io.motorwatch.patterns.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trip times of the replica, against IEC 60947-4-1 and against its closed form. */
class ThermalReplicaTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** Seconds from the beginning of a load to theta = 1, read four times a second. */
  private static double tripTime(double load, double tripClass, double preload) throws Exception {
    SingleDeviceFunction replica = new SingleDeviceFunction("thermal(i, r, c)", "i", "r", "c");
    double theta = replica.reading(0, 0, 10, tripClass);
    long at = 0;
    for (; preload > 0 && at < 36_000_000; at += 5_000) {
      theta = replica.reading(at, preload * 10, 10, tripClass);
    }
    long begin = Math.max(0, at - 5_000);
    for (at = begin; theta < 1 && at < begin + 7_200_000; at += 250) {
      theta = replica.reading(at + 250, load * 10, 10, tripClass);
    }
    return theta < 1 ? NEVER : (at - begin) / 1000.0;
  }

  /** IEC 60947-4-1, tables 3 and 4: for a class what is allowed at each load, seconds. */
  @ParameterizedTest(name = "class {0}")
  @CsvSource({
    "10A, 10, 120, 2, 10",
    "10, 10, 240, 4, 10",
    "20, 20, 480, 6, 20",
    "30, 30, 720, 9, 30"
  })
  void tripsWithinTheTimesOfItsClass(
      String name, double tripClass, double mostAt15, double leastAt72, double mostAt72)
      throws Exception {
    assertThat(tripTime(1.05, tripClass, 0)).as("1.05 from cold").isEqualTo(NEVER);
    assertThat(tripTime(1.05, tripClass, 1)).as("1.05 from rated").isEqualTo(NEVER);
    assertThat(tripTime(1.2, tripClass, 0)).as("1.2 from cold").isLessThan(7_200);
    assertThat(tripTime(1.2, tripClass, 1.05)).as("1.2 after 1.05").isLessThan(7_200);
    assertThat(tripTime(1.5, tripClass, 1)).as("1.5 after rated").isLessThan(mostAt15);
    assertThat(tripTime(7.2, tripClass, 0)).as("7.2 from cold").isBetween(leastAt72, mostAt72);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 10, 0", "1.2, 10, 1", "1.5, 10, 0", "1.5, 20, 1", "2, 10, 0", "2, 30, 1", "3, 10, 0",
    "3, 20, 0", "4, 20, 1", "6, 10, 0", "6, 20, 0", "6, 30, 1", "8, 30, 0", "8, 10, 1"
  })
  void followsTheClosedFormWithinHalfAPercentAndAReading(
      double load, double tripClass, double preload) throws Exception {
    double target = Math.pow(load / 1.15, 2);
    double before = Math.pow(preload / 1.15, 2);
    double closed = 28 * tripClass * Math.log((target - before) / (target - 1));
    assertThat(tripTime(load, tripClass, preload)).isCloseTo(closed, within(0.005 * closed + 0.25));
  }

  @Test
  void atOnePointTwoClassTenTakes702SecondsFromColdAnd370FromRatedLoad() throws Exception {
    assertThat(tripTime(1.2, 10, 0)).isCloseTo(702, within(1.0));
    assertThat(tripTime(1.2, 10, 1)).isCloseTo(370, within(1.0));
  }

  @Test
  void aPauseHeatsForTenSecondsAtMostAndCoolsWhole() throws Exception {
    SingleDeviceFunction replica = new SingleDeviceFunction("thermal(i, r, c)", "i", "r", "c");
    replica.reading(0, 0, 10, 10);
    double afterPause = replica.reading(3_600_000, 60, 10, 10);
    assertThat(afterPause)
        .isCloseTo(Math.pow(6 / 1.15, 2) * (1 - Math.exp(-10 / 280.0)), within(1e-9));
    assertThat(replica.reading(7_200_000, 0, 10, 10)).isLessThan(1e-5);
  }

  @Test
  void aMotorFirstSeenTurningIsTakenToHaveLongRunLikeThatAtNoMoreThanItsRating() throws Exception {
    assertThat(new SingleDeviceFunction("thermal(i, r, c)", "i", "r", "c").reading(0, 5, 10, 10))
        .isCloseTo(Math.pow(0.5 / 1.15, 2), within(1e-12));
    assertThat(new SingleDeviceFunction("thermal(i, r, c)", "i", "r", "c").reading(0, 60, 10, 10))
        .isCloseTo(1 / (1.15 * 1.15), within(1e-12));
  }

  @Test
  void aCurrentNoMotorDrawsLeavesTheHeatAsItWas() throws Exception {
    SingleDeviceFunction replica = new SingleDeviceFunction("thermal(i, r, c)", "i", "r", "c");
    double before = replica.reading(0, 10, 10, 10);
    assertThat(replica.reading(1_000, 1_001, 10, 10)).isNaN();
    assertThat(replica.reading(2_000, 1e14, 10, 10)).isNaN();
    assertThat(replica.reading(3_000, 10, 10, 10)).isCloseTo(before, within(1e-9));
    assertThat(replica.reading(4_000, 1_000, 10, 10)).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({"1.2, 10", "1.5, 20", "2, 10", "6, 10", "7.2, 30"})
  void theTimeToTripIsTheTimeUntilItTrips(double load, double tripClass) throws Exception {
    SingleDeviceFunction left = new SingleDeviceFunction("timeToTrip(i, r, c)", "i", "r", "c");
    left.reading(0, 0, 10, tripClass);
    double expected = tripTime(load, tripClass, 0);
    double seconds = left.reading(250, load * 10, 10, tripClass);
    assertThat(seconds).isCloseTo(expected - 0.25, within(0.3));
    for (long at = 500; seconds > 1 && at < 3_600_000; at += 250) {
      double next = left.reading(at, load * 10, 10, tripClass);
      assertThat(next).isCloseTo(seconds - 0.25, within(1e-6));
      seconds = next;
    }
    assertThat(left.reading(3_610_000, load * 10, 10, tripClass)).isZero();
  }

  @Test
  void theTimeToTripIsADayWhereItNeverTripsAndUnknownWithoutACurrent() throws Exception {
    SingleDeviceFunction left = new SingleDeviceFunction("timeToTrip(i, r, c)", "i", "r", "c");
    assertThat(left.reading(0, 10, 10, 10)).isEqualTo(86_400);
    assertThat(left.reading(1_000, 11.5, 10, 10)).isEqualTo(86_400);
    assertThat(left.reading(2_000, Double.NaN, 10, 10)).isNaN();
    assertThat(left.reading(3_000, 1e6, 10, 10)).isNaN();
  }
}
