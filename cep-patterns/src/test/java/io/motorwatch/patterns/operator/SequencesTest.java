package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps, absence, repetition, windows, and alarms of alarms. */
class SequencesTest {

  private static final String HEAD =
      """
      apiVersion: motorwatch/v1
      version: 3
      signals:
        high: {value: current, above: 10}
        hot: {value: temperature, above: 80}
        cold: {value: temperature, below: 0}
      patterns:
      """;

  private static OperatorHarness operatorWith(String patterns) throws Exception {
    return new OperatorHarness(HEAD + patterns.indent(2));
  }

  @Test
  void aStepWithoutForCompletesWithItsOnset() throws Exception {
    try (OperatorHarness operator = operatorWith("a: {sequence: [{on: high}]}")) {
      operator.current(1000, 11);
      operator.current(2000, 9.7);
      operator.current(3000, 9.5);
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void withoutClearAnAlarmOfAllEndsOnceOneOfItsSignalsIsFalse() throws Exception {
    try (OperatorHarness operator = operatorWith("a: {sequence: [{all: [high, hot]}]}")) {
      step(operator, 1000, 11, 90);
      step(operator, 2000, 11, 81);
      step(operator, 3000, 11, 20);
      step(operator, 4000, 5, 20);
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void withoutClearAnAlarmOfAnyEndsOnceAllOfItsSignalsAreFalse() throws Exception {
    try (OperatorHarness operator = operatorWith("a: {sequence: [{any: [high, hot]}]}")) {
      step(operator, 1000, 11, 90);
      step(operator, 2000, 11, 20);
      step(operator, 3000, 5, 90);
      step(operator, 4000, 5, 20);
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 4.0");
    }
  }

  @Test
  void withoutClearAnyWithinAllEndsAsTheWholeDoes() throws Exception {
    String pattern = "a: {sequence: [{all: [{any: [high, hot]}, {off: cold}]}]}";
    try (OperatorHarness operator = operatorWith(pattern)) {
      step(operator, 1000, 11, 90);
      step(operator, 2000, 11, 20);
      step(operator, 3000, 5, 20);
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void theStepsOfASequenceCompleteOneAfterTheOther() throws Exception {
    try (OperatorHarness operator =
        operatorWith("a: {sequence: [{on: high, for: 2s}, {on: hot}]}")) {
      step(operator, 1000, 11, 20);
      step(operator, 3000, 11, 20);
      step(operator, 4000, 5, 90);
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 4.0");
    }
  }

  @Test
  void whatMustNotHappenBetweenTwoStepsPreventsTheAlarm() throws Exception {
    String pattern = "a: {sequence: [{on: high}, {off: high, not: {on: hot}}]}";
    try (OperatorHarness operator = operatorWith(pattern)) {
      step(operator, 1000, 11, 20);
      step(operator, 2000, 11, 90);
      step(operator, 3000, 5, 20);
      assertThat(operator.lines()).isEmpty();
      step(operator, 4000, 11, 20);
      step(operator, 5000, 5, 20);
      assertThat(operator.lines()).containsExactly("RAISED a 4.0 5.0");
    }
  }

  @Test
  void aStepOutsideItsWindowDoesNotComplete() throws Exception {
    try (OperatorHarness operator =
        operatorWith("a: {sequence: [{on: high}, {off: high, within: 5s}]}")) {
      step(operator, 0, 11, 20);
      step(operator, 6000, 5, 20);
      assertThat(operator.lines()).isEmpty();
      step(operator, 7000, 11, 20);
      step(operator, 12_000, 5, 20);
      assertThat(operator.lines()).containsExactly("RAISED a 7.0 12.0");
    }
  }

  @Test
  void threeAlarmsWithinAnHourAreAStormAndItClearsWhenTheLastOneDoes() throws Exception {
    String patterns =
        """
        a: {sequence: [{on: high}]}
        storm: {severity: MAJOR, sequence: [{alarm: a, times: 3}], within: 1h}
        """;
    try (OperatorHarness operator = operatorWith(patterns)) {
      for (long at : List.of(0L, 3_000_000L, 3_600_001L, 3_700_000L)) {
        operator.current(at, 11);
        operator.current(at + 1000, 5);
      }
      assertThat(operator.lines().stream().filter(line -> line.contains("storm")))
          .containsExactly("RAISED storm 3000.0 3700.0", "CLEARED storm 3000.0 3701.0");
    }
  }

  @Test
  void aWindowThatHasPassedLeavesNothingBehind() throws Exception {
    try (OperatorHarness operator =
        operatorWith("a: {sequence: [{on: high}, {on: hot}], within: 1m}")) {
      operator.current(0, 11);
      operator.current(1000, 5);
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).hasSize(1);
      operator.current(60_000, 5);
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).hasSize(1);
      operator.current(60_001, 5);
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).isEmpty();
    }
  }

  @Test
  void allOfSeveralMustHoldAtOnceAndAnyNeedsOne() throws Exception {
    String patterns =
        """
        both: {sequence: [{all: [high, hot], for: 2s}]}
        either: {sequence: [{any: [high, hot], for: 2s}]}
        """;
    try (OperatorHarness operator = operatorWith(patterns)) {
      step(operator, 0, 11, 20);
      step(operator, 1000, 11, 90);
      step(operator, 2000, 11, 90);
      step(operator, 3000, 11, 90);
      step(operator, 4000, 5, 20);
      assertThat(operator.lines())
          .containsExactlyInAnyOrder(
              "RAISED either 0.0 2.0",
              "RAISED both 1.0 3.0",
              "CLEARED either 0.0 4.0",
              "CLEARED both 1.0 4.0");
    }
  }

  @Test
  void aClearRuleWaitsForItsOwnDelay() throws Exception {
    String pattern = "a: {sequence: [{on: high}], clear: {off: high, for: 3s}}";
    try (OperatorHarness operator = operatorWith(pattern)) {
      operator.current(0, 11);
      operator.current(1000, 5);
      operator.current(3000, 11);
      operator.current(4000, 5);
      operator.current(6999, 5);
      operator.current(7000, 5);
      assertThat(operator.lines()).containsExactly("RAISED a 0.0 0.0", "CLEARED a 0.0 7.0");
    }
  }

  @Test
  void aPatternAppliesOnlyToDevicesWithItsAttributes() throws Exception {
    String pattern = "a: {sequence: [{on: high}], applies-to: {motorType: [pump, fan]}}";
    try (OperatorHarness operator = operatorWith(pattern)) {
      operator.current(0, 11);
      operator.current(1000, 5);
      operator.attributes(new Attributes(Map.of(), Map.of("motorType", "fan"), Map.of()));
      operator.current(2000, 11);
      assertThat(operator.lines()).containsExactly("RAISED a 2.0 2.0");
    }
  }

  @Test
  void anOverrideChangesTheLevelOfItsDeviceAlone() throws Exception {
    String pattern =
        "a: {sequence: [{on: high}], overrides: {plant/motor-2: {signals: {high: {above: 20}}}}}";
    try (OperatorHarness operator = operatorWith(pattern)) {
      DeviceId second = new DeviceId("plant", "motor-2");
      operator.reading(second, 0, Map.of("current", 19.0));
      operator.current(1000, 19);
      operator.reading(second, 2000, Map.of("current", 21.0));
      assertThat(operator.lines()).containsExactly("RAISED a 1.0 1.0", "RAISED a 2.0 2.0");
      assertThat(operator.alarms().get(1).threshold()).isEqualTo(20);
    }
  }

  @Test
  void aMissingAttributeMeansThePatternIsNotEvaluated() throws Exception {
    String file =
        """
        apiVersion: motorwatch/v1
        version: 1
        signals: {high: {value: current / ratedCurrent, above: 1}}
        patterns: {a: {sequence: [{on: high}]}}
        """;
    try (OperatorHarness operator = new OperatorHarness(file)) {
      operator.attributes(Attributes.NONE);
      operator.current(0, 1000);
      assertThat(operator.lines()).isEmpty();
    }
  }

  @Test
  void aStepThatBreaksOffOrIsForbiddenMayBeTriedAgainFromTheSameBeginning() throws Exception {
    String patterns =
        """
        again: {sequence: [{on: high}, {on: hot, for: 2s}]}
        soon: {sequence: [{on: high}, {on: hot}, {off: high, within: 2s}]}
        """;
    try (OperatorHarness operator = operatorWith(patterns)) {
      step(operator, 0, 11, 20);
      step(operator, 1000, 11, 90);
      step(operator, 2000, 11, 20);
      step(operator, 3000, 11, 90);
      step(operator, 5000, 5, 90);
      assertThat(operator.lines()).containsExactly("RAISED again 0.0 5.0", "RAISED soon 0.0 5.0");
    }
  }

  @Test
  void repeatedPartialMatchesDoNotAccumulateAndTheEarliestGivesTheOnset() throws Exception {
    String patterns =
        """
        unlimited: {sequence: [{on: high}, {on: hot}]}
        limited: {sequence: [{on: high}, {on: hot}], within: 1h}
        """;
    try (OperatorHarness operator = operatorWith(patterns)) {
      int size = 0;
      for (int i = 0; i < 1_000; i++) {
        step(operator, i * 2_000L, 11, 20);
        step(operator, i * 2_000L + 1_000, 5, 20);
        if (i == 100) {
          size = operator.stateBytes(OperatorHarness.DEVICE);
        }
      }
      assertThat(operator.stateBytes(OperatorHarness.DEVICE)).isLessThan(size + 200);
      step(operator, 2_000_000, 5, 90);
      assertThat(operator.lines())
          .containsExactly("RAISED unlimited 0.0 2000.0", "RAISED limited 0.0 2000.0");
      assertThat(operator.state(OperatorHarness.DEVICE).sequences).isEmpty();
    }
  }

  private static void step(OperatorHarness operator, long at, double current, double temperature)
      throws Exception {
    operator.reading(
        OperatorHarness.DEVICE, at, Map.of("current", current, "temperature", temperature));
  }
}
