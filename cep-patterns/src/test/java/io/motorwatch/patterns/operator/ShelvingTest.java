package io.motorwatch.patterns.operator;

import static io.motorwatch.patterns.operator.SinglePatternFixture.acknowledge;
import static io.motorwatch.patterns.operator.SinglePatternFixture.commands;
import static io.motorwatch.patterns.operator.SinglePatternFixture.operatorWith;
import static io.motorwatch.patterns.operator.SinglePatternFixture.shelveFor;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nothing is reported of a shelved pattern; what is reported once the time is over. */
class ShelvingTest {

  @Test
  void nothingIsToldOfAShelvedPatternUntilItsTimeIsOver() throws Exception {
    try (OperatorHarness operator = operatorWith(", escalate: [{after: 3s, severity: MAJOR}]")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.current(2000, 5);
      operator.failAndRestore();
      operator.current(3000, 11);
      operator.current(7000, 11);
      assertThat(operator.lines()).isEmpty();
      operator.current(10_000, 11);
      operator.current(11_000, 5);
      assertThat(operator.lines()).containsExactly("RAISED a 3.0 10.0", "CLEARED a 3.0 11.0");
      assertThat(operator.alarms().get(0).severity()).isEqualTo("MAJOR");
      assertThat(operator.alarms().get(0).episode().raisedAt()).isEqualTo(3000);
    }
  }

  @Test
  void anAlarmShelvedWhileOpenIsToldAgainAfterwardsOrClearedMeanwhile() throws Exception {
    try (OperatorHarness operator = operatorWith("")) {
      operator.current(0, 11);
      operator.ask(shelveFor(2_000));
      operator.current(1000, 11);
      operator.current(2000, 11);
      operator.ask(shelveFor(2_000));
      operator.current(3000, 5);
      assertThat(operator.lines())
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
    try (OperatorHarness operator = operatorWith("")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.ask(shelveFor(20_000));
      operator.ask(acknowledge());
      operator.current(2000, 5);
      assertThat(operator.lines()).isEmpty();
      assertThat(operator.refused().stream().map(each -> each.detail()))
          .containsExactly(
              "pattern a: the alarm has not been reported, since the pattern is shelved: acknowledge"
                  + " it once it is reported");
    }
  }

  @Test
  void anAlarmAskedToBeAcknowledgedBeforeItWasToldIsUnacknowledgedOnceItIsTold() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true, re-alarm: 5s")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.ask(acknowledge());
      operator.failAndRestore();
      operator.current(10_000, 11);
      operator.current(15_000, 11);
      operator.ask(acknowledge());
      operator.current(20_000, 11);
      operator.current(21_000, 5);
      assertThat(operator.lines())
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
    try (OperatorHarness operator = operatorWith(", command: stop")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.current(2000, 5);
      operator.current(3000, 11);
      assertThat(operator.alarms()).isEmpty();
      operator.current(11_000, 11);
      operator.ask(shelveFor(10_000));
      operator.current(30_000, 11);
      assertThat(operator.lines())
          .containsExactly("RAISED a 3.0 11.0", "SHELVED a 3.0 11.0", "UNSHELVED a 3.0 30.0");
      assertThat(commands(operator)).containsExactly("RAISED 11 \"stop\"");
    }
  }

  @Test
  void aLatchedAlarmThatCameAndWentWhileShelvedIsToldAsReturnedWithoutTheCommand()
      throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true, command: stop")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.current(2000, 5);
      operator.failAndRestore();
      operator.current(10_000, 5);
      operator.ask(shelveFor(10_000));
      operator.current(12_000, 5);
      operator.current(20_000, 5);
      operator.ask(acknowledge());
      assertThat(operator.lines())
          .containsExactly(
              "RETURNED a 1.0 10.0",
              "SHELVED a 1.0 10.0",
              "RETURNED a 1.0 20.0",
              "ACKNOWLEDGED a 1.0 20.0",
              "CLEARED a 1.0 20.0");
      assertThat(commands(operator)).isEmpty();
    }
  }

  @Test
  void whatIsOverWithTheVeryReadingThatEndsItsShelvingIsNotTold() throws Exception {
    try (OperatorHarness operator = operatorWith(", command: stop")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.current(10_000, 5);
      operator.current(11_000, 11);
      assertThat(operator.lines()).containsExactly("RAISED a 11.0 11.0");
    }
  }

  @Test
  void aLatchedAlarmThatIsOverAndComesAgainWhileShelvedIsToldAsGoingOn() throws Exception {
    try (OperatorHarness operator = operatorWith(", latch: true, command: stop")) {
      operator.current(0, 5);
      operator.ask(shelveFor(10_000));
      operator.current(1000, 11);
      operator.current(2000, 5);
      operator.current(10_000, 11);
      operator.ask(shelveFor(10_000));
      operator.current(11_000, 5);
      operator.current(12_000, 11);
      operator.current(20_000, 11);
      assertThat(operator.lines())
          .containsExactly("RAISED a 1.0 10.0", "SHELVED a 1.0 10.0", "UNSHELVED a 1.0 20.0");
      assertThat(commands(operator)).containsExactly("RAISED 10 \"stop\"");
    }
  }
}
