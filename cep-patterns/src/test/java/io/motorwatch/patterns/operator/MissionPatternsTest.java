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

  private OperatorHarness operator;

  @BeforeEach
  void openTheShippedPatterns() throws Exception {
    operator = new OperatorHarness(Files.readString(Path.of("../conf/patterns.yaml")));
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void overloadIsRaisedByTheReadingThatCompletesThirtySecondsAndClearedByTheFirstBelowReset()
      throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 60_000, 13);
    operator.current(60_000, 11.6);
    operator.current(61_000, 11.4);
    assertThat(operator.lines())
        .containsExactly("RAISED overload 10.0 40.0", "CLEARED overload 10.0 61.0");
    Alarm raised = operator.alarms().get(0);
    assertThat(raised.value()).isEqualTo(1.3);
    assertThat(raised.threshold()).isEqualTo(1.2);
    assertThat(raised.message()).isEqualTo("Persisting overload: 130 % of rated current for 30 s");
    assertThat(raised.report().get("overloadPercentage")).isBetween(29.999, 30.001);
    assertThat(raised.durationMs()).isEqualTo(30_000);
    assertThat(operator.alarms().get(1).episode().alarmId()).isEqualTo(raised.episode().alarmId());
  }

  @Test
  void exactlyTheLevelIsNoOverload() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 100_000, 12);
    assertThat(operator.lines()).isEmpty();
  }

  @Test
  void aReadingBelowResetBeforeThirtySecondsBreaksTheOverload() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 39_000, 13);
    operator.current(39_500, 11);
    operator.currentEachSecond(40_000, 69_000, 13);
    assertThat(operator.lines()).isEmpty();
    operator.currentEachSecond(69_000, 72_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 40.0 70.0");
  }

  @Test
  void aDipBetweenResetAndLevelDoesNotBreakTheOverload() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 20_000, 13);
    operator.currentEachSecond(20_000, 25_000, 11.7);
    operator.currentEachSecond(25_000, 41_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 10.0 40.0");
  }

  @Test
  void aGapLongerThanTenSecondsBreaksTheOverload() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 31_000, 13);
    operator.currentEachSecond(41_000, 71_000, 13);
    assertThat(operator.lines()).isEmpty();
    operator.current(71_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 41.0 71.0");
  }

  @Test
  void aGapOfExactlyTenSecondsDoesNotBreakTheOverload() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 30_000, 13);
    operator.currentEachSecond(39_000, 42_000, 13);
    assertThat(operator.lines()).containsExactly("RAISED overload 10.0 40.0");
  }

  @Test
  void anOverloadThatLastsEscalatesAfterTwoMinutes() throws Exception {
    operator.currentEachSecond(0, 200_000, 13);
    assertThat(operator.lines())
        .containsExactly("RAISED overload 0.0 30.0", "ESCALATED overload 0.0 150.0");
    assertThat(operator.alarms().get(1).severity()).isEqualTo("MAJOR");
  }

  @Test
  void aJamWhileRunningIsAStallAfterTwoSeconds() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 14_000, 50);
    operator.current(14_000, 9);
    assertThat(operator.lines())
        .containsExactly("RAISED stall 10.0 12.0", "CLEARED stall 10.0 14.0");
  }

  @Test
  void anInrushAtStartIsNeitherStallNorLockedRotor() throws Exception {
    operator.currentEachSecond(0, 5_000, 0);
    operator.currentEachSecond(5_000, 14_000, 60);
    operator.currentEachSecond(14_000, 60_000, 9);
    assertThat(operator.lines()).isEmpty();
  }

  @Test
  void aStartThatStaysAboveTwiceRatedForTenSecondsIsALockedRotor() throws Exception {
    operator.currentEachSecond(0, 5_000, 0);
    operator.currentEachSecond(5_000, 20_000, 60);
    operator.current(20_000, 0);
    assertThat(operator.lines())
        .containsExactly(
            "RAISED locked-rotor-start 5.0 15.0",
            "RAISED long-start 5.0 15.0",
            "CLEARED locked-rotor-start 5.0 20.0",
            "CLEARED long-start 5.0 20.0");
  }

  @Test
  void aStartThatSettlesAboveThePickUpIsAnOverloadOnceItIsTooLongForAStart() throws Exception {
    operator.currentEachSecond(0, 5_000, 0);
    operator.currentEachSecond(5_000, 60_000, 15);
    assertThat(operator.lines())
        .containsExactly(
            "RAISED long-start 5.0 15.0",
            "CLEARED long-start 5.0 20.0",
            "RAISED overload 20.0 50.0");
  }

  @Test
  void aFailureInTheMiddleOfAnOverloadChangesNothing() throws Exception {
    operator.currentEachSecond(0, 10_000, 9);
    operator.currentEachSecond(10_000, 20_000, 13);
    operator.failAndRestore();
    operator.currentEachSecond(20_000, 45_000, 13);
    operator.failAndRestore();
    operator.currentEachSecond(45_000, 50_000, 9);
    assertThat(operator.lines())
        .containsExactly("RAISED overload 10.0 40.0", "CLEARED overload 10.0 45.0");
  }

  @Test
  void twoThousandEpisodesGiveExactlyTheirAlarmsAndLeaveOnlyTheDevicesOwnState() throws Exception {
    operator.current(0, 9);
    long at = 1000;
    for (int i = 0; i < 2_000; i++) {
      operator.current(at, 13);
      operator.current(at + 9_000, 13);
      operator.current(at + 18_000, 13);
      operator.current(at + 27_000, 13);
      operator.current(at + 30_000, 13);
      operator.current(at + 31_000, 9);
      at += 40_000;
    }
    // Each third is an overload-storm as well.
    assertThat(operator.alarms()).hasSize(4_000 + 2 * 666);
    assertThat(operator.keyedStateEntries()).isEqualTo(1);
    assertThat(operator.timers()).isZero();
  }
}
