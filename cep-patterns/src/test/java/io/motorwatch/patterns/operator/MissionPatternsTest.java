package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Alarm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The shipped file: overload, jam and locked rotor, on the right and the wrong side of each limit.
 */
class MissionPatternsTest {

  private OperatorHarness bench;

  @BeforeEach
  void openTheShippedPatterns() throws Exception {
    bench = new OperatorHarness(Files.readString(Path.of("../conf/patterns.yaml")));
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void overloadIsRaisedByTheReadingThatCompletesThirtySecondsAndClearedByTheFirstBelowReset()
      throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 60_000, 13);
    bench.current(60_000, 11.6);
    bench.current(61_000, 11.4);
    assertThat(bench.lines())
        .containsExactly("RAISED overload 10.0 40.0", "CLEARED overload 10.0 61.0");
    Alarm raised = bench.alarms().get(0);
    assertThat(raised.value()).isEqualTo(1.3);
    assertThat(raised.threshold()).isEqualTo(1.2);
    assertThat(raised.message()).isEqualTo("Persisting overload: 130 % of rated current for 30 s");
    assertThat(raised.report().get("overloadPercentage")).isBetween(29.999, 30.001);
    assertThat(raised.durationMs()).isEqualTo(30_000);
    assertThat(bench.alarms().get(1).episode().alarmId()).isEqualTo(raised.episode().alarmId());
  }

  @Test
  void exactlyTheLevelIsNoOverload() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 100_000, 12);
    assertThat(bench.lines()).isEmpty();
  }

  @Test
  void aReadingBelowResetBeforeThirtySecondsBreaksTheOverload() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 39_000, 13);
    bench.current(39_500, 11);
    bench.currentEachSecond(40_000, 69_000, 13);
    assertThat(bench.lines()).isEmpty();
    bench.currentEachSecond(69_000, 72_000, 13);
    assertThat(bench.lines()).containsExactly("RAISED overload 40.0 70.0");
  }

  @Test
  void aDipBetweenResetAndLevelDoesNotBreakTheOverload() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 20_000, 13);
    bench.currentEachSecond(20_000, 25_000, 11.7);
    bench.currentEachSecond(25_000, 41_000, 13);
    assertThat(bench.lines()).containsExactly("RAISED overload 10.0 40.0");
  }

  @Test
  void aGapLongerThanTenSecondsBreaksTheOverload() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 31_000, 13);
    bench.currentEachSecond(41_000, 71_000, 13);
    assertThat(bench.lines()).isEmpty();
    bench.current(71_000, 13);
    assertThat(bench.lines()).containsExactly("RAISED overload 41.0 71.0");
  }

  @Test
  void aGapOfExactlyTenSecondsDoesNotBreakTheOverload() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 30_000, 13);
    bench.currentEachSecond(39_000, 42_000, 13);
    assertThat(bench.lines()).containsExactly("RAISED overload 10.0 40.0");
  }

  @Test
  void anOverloadThatLastsEscalatesAfterTwoMinutes() throws Exception {
    bench.currentEachSecond(0, 200_000, 13);
    assertThat(bench.lines())
        .containsExactly("RAISED overload 0.0 30.0", "ESCALATED overload 0.0 150.0");
    assertThat(bench.alarms().get(1).severity()).isEqualTo("MAJOR");
  }

  @Test
  void aJamWhileRunningIsAStallAfterTwoSeconds() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 14_000, 50);
    bench.current(14_000, 9);
    assertThat(bench.lines()).containsExactly("RAISED stall 10.0 12.0", "CLEARED stall 10.0 14.0");
  }

  @Test
  void anInrushAtStartIsNeitherStallNorLockedRotor() throws Exception {
    bench.currentEachSecond(0, 5_000, 0);
    bench.currentEachSecond(5_000, 14_000, 60);
    bench.currentEachSecond(14_000, 60_000, 9);
    assertThat(bench.lines()).isEmpty();
  }

  @Test
  void aStartThatStaysAboveTwiceRatedForTenSecondsIsALockedRotor() throws Exception {
    bench.currentEachSecond(0, 5_000, 0);
    bench.currentEachSecond(5_000, 20_000, 60);
    bench.current(20_000, 0);
    assertThat(bench.lines())
        .containsExactly(
            "RAISED locked-rotor-start 5.0 15.0",
            "RAISED long-start 5.0 15.0",
            "CLEARED locked-rotor-start 5.0 20.0",
            "CLEARED long-start 5.0 20.0");
  }

  @Test
  void aStartThatSettlesAboveThePickUpIsAnOverloadOnceItIsTooLongForAStart() throws Exception {
    bench.currentEachSecond(0, 5_000, 0);
    bench.currentEachSecond(5_000, 60_000, 15);
    assertThat(bench.lines())
        .containsExactly(
            "RAISED long-start 5.0 15.0",
            "CLEARED long-start 5.0 20.0",
            "RAISED overload 20.0 50.0");
  }

  @Test
  void aFailureInTheMiddleOfAnOverloadChangesNothing() throws Exception {
    bench.currentEachSecond(0, 10_000, 9);
    bench.currentEachSecond(10_000, 20_000, 13);
    bench.failAndRestore();
    bench.currentEachSecond(20_000, 45_000, 13);
    bench.failAndRestore();
    bench.currentEachSecond(45_000, 50_000, 9);
    assertThat(bench.lines())
        .containsExactly("RAISED overload 10.0 40.0", "CLEARED overload 10.0 45.0");
  }

  @Test
  void twoThousandEpisodesGiveExactlyTheirAlarmsAndLeaveOnlyTheDevicesOwnState() throws Exception {
    bench.current(0, 9);
    long at = 1000;
    for (int i = 0; i < 2_000; i++) {
      bench.current(at, 13);
      bench.current(at + 9_000, 13);
      bench.current(at + 18_000, 13);
      bench.current(at + 27_000, 13);
      bench.current(at + 30_000, 13);
      bench.current(at + 31_000, 9);
      at += 40_000;
    }
    // Each third is an overload-storm as well.
    assertThat(bench.alarms()).hasSize(4_000 + 2 * 666);
    assertThat(bench.keyedStateEntries()).isEqualTo(1);
    assertThat(bench.timers()).isZero();
  }
}
