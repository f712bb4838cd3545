package io.motorwatch.patterns.operator;

import static io.motorwatch.patterns.operator.SinglePatternFixture.acknowledge;
import static io.motorwatch.patterns.operator.SinglePatternFixture.bench;
import static io.motorwatch.patterns.operator.SinglePatternFixture.commands;
import static io.motorwatch.patterns.operator.SinglePatternFixture.shelveFor;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of a shelved pattern nothing is told; what is told once its time is over. */
class ShelvingTest {

  @Test
  void nothingIsToldOfAShelvedPatternUntilItsTimeIsOver() throws Exception {
    try (OperatorHarness bench = bench(", escalate: [{after: 3s, severity: MAJOR}]")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.current(2000, 5);
      bench.failAndRestore();
      bench.current(3000, 11);
      bench.current(7000, 11);
      assertThat(bench.lines()).isEmpty();
      bench.current(10_000, 11);
      bench.current(11_000, 5);
      assertThat(bench.lines()).containsExactly("RAISED a 3.0 10.0", "CLEARED a 3.0 11.0");
      assertThat(bench.alarms().get(0).severity()).isEqualTo("MAJOR");
      assertThat(bench.alarms().get(0).episode().raisedAt()).isEqualTo(3000);
    }
  }

  @Test
  void anAlarmShelvedWhileOpenIsToldAgainAfterwardsOrClearedMeanwhile() throws Exception {
    try (OperatorHarness bench = bench("")) {
      bench.current(0, 11);
      bench.ask(shelveFor(2_000));
      bench.current(1000, 11);
      bench.current(2000, 11);
      bench.ask(shelveFor(2_000));
      bench.current(3000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 0.0 0.0",
              "SHELVED a 0.0 0.0",
              "UNSHELVED a 0.0 2.0",
              "SHELVED a 0.0 2.0",
              "CLEARED a 0.0 3.0");
    }
  }

  @Test
  void ofAnAlarmThatWasNeverToldNothingIsToldWhateverIsAskedOfIt() throws Exception {
    try (OperatorHarness bench = bench("")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.ask(shelveFor(20_000));
      bench.ask(acknowledge());
      bench.current(2000, 5);
      assertThat(bench.lines()).isEmpty();
      assertThat(bench.refused().stream().map(each -> each.detail()))
          .containsExactly(
              "pattern a: the alarm has not been told, since the pattern is shelved: acknowledge"
                  + " it once it is told");
    }
  }

  @Test
  void anAlarmAskedToBeAcknowledgedBeforeItWasToldIsUnacknowledgedOnceItIsTold() throws Exception {
    try (OperatorHarness bench = bench(", latch: true, re-alarm: 5s")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.ask(acknowledge());
      bench.failAndRestore();
      bench.current(10_000, 11);
      bench.current(15_000, 11);
      bench.ask(acknowledge());
      bench.current(20_000, 11);
      bench.current(21_000, 5);
      assertThat(bench.lines())
          .containsExactly(
              "RAISED a 1.0 10.0",
              "REPEATED a 1.0 15.0",
              "ACKNOWLEDGED a 1.0 15.0",
              "CLEARED a 1.0 21.0");
    }
  }

  @Test
  void theDeviceIsToldNothingWhileThePatternIsShelvedAndOfWhatIsStillOpenAfterwards()
      throws Exception {
    try (OperatorHarness bench = bench(", command: stop")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.current(2000, 5);
      bench.current(3000, 11);
      assertThat(bench.alarms()).isEmpty();
      bench.current(11_000, 11);
      bench.ask(shelveFor(10_000));
      bench.current(30_000, 11);
      assertThat(bench.lines())
          .containsExactly("RAISED a 3.0 11.0", "SHELVED a 3.0 11.0", "UNSHELVED a 3.0 30.0");
      assertThat(commands(bench)).containsExactly("RAISED 11 \"stop\"");
    }
  }

  @Test
  void aLatchedAlarmThatCameAndWentWhileShelvedIsToldAsReturnedWithoutTheCommand()
      throws Exception {
    try (OperatorHarness bench = bench(", latch: true, command: stop")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.current(2000, 5);
      bench.failAndRestore();
      bench.current(10_000, 5);
      bench.ask(shelveFor(10_000));
      bench.current(12_000, 5);
      bench.current(20_000, 5);
      bench.ask(acknowledge());
      assertThat(bench.lines())
          .containsExactly(
              "RETURNED a 1.0 10.0",
              "SHELVED a 1.0 10.0",
              "RETURNED a 1.0 20.0",
              "ACKNOWLEDGED a 1.0 20.0",
              "CLEARED a 1.0 20.0");
      assertThat(commands(bench)).isEmpty();
    }
  }

  @Test
  void whatIsOverWithTheVeryReadingThatEndsItsShelvingIsNotTold() throws Exception {
    try (OperatorHarness bench = bench(", command: stop")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.current(10_000, 5);
      bench.current(11_000, 11);
      assertThat(bench.lines()).containsExactly("RAISED a 11.0 11.0");
    }
  }

  @Test
  void aLatchedAlarmThatIsOverAndComesAgainWhileShelvedIsToldAsGoingOn() throws Exception {
    try (OperatorHarness bench = bench(", latch: true, command: stop")) {
      bench.current(0, 5);
      bench.ask(shelveFor(10_000));
      bench.current(1000, 11);
      bench.current(2000, 5);
      bench.current(10_000, 11);
      bench.ask(shelveFor(10_000));
      bench.current(11_000, 5);
      bench.current(12_000, 11);
      bench.current(20_000, 11);
      assertThat(bench.lines())
          .containsExactly("RAISED a 1.0 10.0", "SHELVED a 1.0 10.0", "UNSHELVED a 1.0 20.0");
      assertThat(commands(bench)).containsExactly("RAISED 10 \"stop\"");
    }
  }
}
