package io.motorwatch.tools.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fleet against an oracle that sees nothing but its readings. */
class FleetTest {

  private static final long START = 1_710_000_000_000L;

  private static Fleet fleet(int devices, long seed, long intervalMs, long durationMs) {
    return new Fleet(
        new FleetPlan(
            devices, seed, START, intervalMs, durationMs, List.of("factory-01", "factory-02")));
  }

  private static void forEach(Fleet fleet, Consumer<SimulatedReading> action) {
    Iterator<SimulatedReading> readings = fleet.readings();
    readings.forEachRemaining(action);
  }

  private static String bytes(Fleet fleet) {
    StringBuilder all = new StringBuilder();
    forEach(
        fleet,
        reading ->
            all.append(reading.device())
                .append(new String(reading.json(), StandardCharsets.ISO_8859_1)));
    return all.toString();
  }

  @Test
  void theSamePlanGivesTheSameBytesAndAnotherSeedOthers() {
    assertThat(bytes(fleet(5, 1, 500, 300_000))).isEqualTo(bytes(fleet(5, 1, 500, 300_000)));
    assertThat(bytes(fleet(5, 1, 500, 300_000))).isNotEqualTo(bytes(fleet(5, 2, 500, 300_000)));
  }

  @Test
  void aPlanGivesTheseBytesOnEveryMachine() {
    Fleet fleet = fleet(2, 42, 1000, 10_000);
    assertThat(new String(fleet.readings().next().json(), StandardCharsets.ISO_8859_1))
        .isEqualTo(
            "{\"timestamp\":1710000000000,\"seq\":1,\"current\":24.307,\"speed\":1472.7,"
                + "\"temperature\":58.69,\"vibration\":1.931}");
  }

  @ParameterizedTest
  @CsvSource({
    "50, 1, 1000, 1200000",
    "50, 7, 1000, 7200000",
    "40, 3, 200, 1200000",
    "30, 4, 333, 1200000",
    "30, 5, 2500, 3600000",
    "20, 6, 7000, 7200000",
    "20, 8, 10000, 7200000",
    "20, 9, 10001, 7200000",
    "20, 9, 60000, 7200000",
    "50, 2, 1000, 60000",
    "1, 1, 50, 600000"
  })
  void truthIsWhatTheReadingsShow(int devices, long seed, long intervalMs, long durationMs) {
    Fleet fleet = fleet(devices, seed, intervalMs, durationMs);
    List<Oracle> oracles = fleet.nameplates().stream().map(Oracle::new).toList();
    forEach(fleet, reading -> oracles.get(reading.index()).take(reading));
    List<TruthEpisode> seen = new ArrayList<>();
    oracles.forEach(oracle -> seen.addAll(oracle.closed()));
    assertThat(oracles).noneMatch(Oracle::anyOpen);
    assertThat(fleet.truth()).containsExactlyInAnyOrderElementsOf(seen);
  }

  @Test
  void readingsAreInOrderOfTimeAndNumberedAndAsManyAsAnnounced() {
    Fleet fleet = fleet(7, 3, 300, 3_600_000);
    long[] seq = new long[7];
    long[] last = {0};
    forEach(
        fleet,
        reading -> {
          assertThat(reading.timestamp()).isGreaterThanOrEqualTo(last[0]);
          last[0] = reading.timestamp();
          assertThat(reading.seq()).isEqualTo(++seq[reading.index()]);
        });
    long total = 0;
    for (int i = 0; i < 7; i++) {
      assertThat(fleet.readings(i)).isEqualTo(seq[i]);
      total += seq[i];
    }
    assertThat(fleet.readingsTotal()).isEqualTo(total);
    assertThat(total).isLessThan(7 * 12_000L); // The gaps.
    assertThat(last[0]).isLessThan(fleet.plan().endAt());
  }

  @Test
  void noValueComesNearALevel() {
    Fleet fleet = fleet(50, 11, 500, 3_600_000);
    List<Oracle> oracles = fleet.nameplates().stream().map(Oracle::new).toList();
    forEach(
        fleet,
        reading -> {
          Nameplate nameplate = fleet.nameplates().get(reading.index());
          Oracle oracle = oracles.get(reading.index());
          oracle.take(reading);
          double load = reading.current() / nameplate.ratedCurrent();
          for (double level : new double[] {0.05, 1.15, 1.2, 1.92, 2}) {
            assertThat(Math.abs(load - level)).as("current %s", load).isGreaterThan(0.018);
          }
          if (oracle.state() == Oracle.State.START) {
            double turning = reading.speed() / nameplate.ratedSpeed();
            assertThat(Math.abs(turning - 0.9)).as("speed %s", turning).isGreaterThan(0.05);
          }
          assertThat(reading.temperature()).isBetween(20.0, 160.0);
          assertThat(reading.vibration()).isBetween(0.0, 10.0);
        });
  }

  @Test
  void theDemoHasEnoughAlarmsOfEveryKind() {
    Fleet fleet = fleet(50, 1, 1000, 1_200_000);
    assertThat(fleet.truth()).hasSizeBetween(20, 200);
    assertThat(
            fleet.truth().stream()
                .collect(Collectors.groupingBy(TruthEpisode::pattern, Collectors.counting())))
        .containsOnlyKeys("overload", "stall", "locked-rotor-start")
        .allSatisfy((pattern, count) -> assertThat(count).isGreaterThan(10));
  }

  @Test
  void aMinuteInRealTimeHasAlarmsOfEveryKindToo() {
    assertThat(fleet(10, 1, 1000, 60_000).truth())
        .extracting(TruthEpisode::pattern)
        .containsExactlyInAnyOrder("overload", "stall", "locked-rotor-start");
  }

  @Test
  void aDayOfAThousandDevicesBeginsAtOnce() {
    Fleet fleet = fleet(1_000, 1, 1000, 86_400_000);
    assertThat(fleet.readings().next().seq()).isEqualTo(1);
    assertThat(fleet.readingsTotal()).isBetween(85_000_000L, 86_400_000L);
  }
}
