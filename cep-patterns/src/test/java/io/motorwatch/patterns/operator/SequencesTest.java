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

  private static OperatorHarness bench(String patterns) throws Exception {
    return new OperatorHarness(HEAD + patterns.indent(2));
  }

  @Test
  void aStepWithoutForCompletesWithItsOnset() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{on: high}]}")) {
      bench.current(1000, 11);
      bench.current(2000, 9.7);
      bench.current(3000, 9.5);
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void withoutClearAnAlarmOfAllEndsOnceOneOfItsSignalsIsFalse() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{all: [high, hot]}]}")) {
      step(bench, 1000, 11, 90);
      step(bench, 2000, 11, 81);
      step(bench, 3000, 11, 20);
      step(bench, 4000, 5, 20);
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void withoutClearAnAlarmOfAnyEndsOnceAllOfItsSignalsAreFalse() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{any: [high, hot]}]}")) {
      step(bench, 1000, 11, 90);
      step(bench, 2000, 11, 20);
      step(bench, 3000, 5, 90);
      step(bench, 4000, 5, 20);
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 4.0");
    }
  }

  @Test
  void withoutClearAnyWithinAllEndsAsTheWholeDoes() throws Exception {
    String pattern = "a: {sequence: [{all: [{any: [high, hot]}, {off: cold}]}]}";
    try (OperatorHarness bench = bench(pattern)) {
      step(bench, 1000, 11, 90);
      step(bench, 2000, 11, 20);
      step(bench, 3000, 5, 20);
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 1.0", "CLEARED a 1.0 3.0");
    }
  }

  @Test
  void theStepsOfASequenceCompleteOneAfterTheOther() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{on: high, for: 2s}, {on: hot}]}")) {
      step(bench, 1000, 11, 20);
      step(bench, 3000, 11, 20);
      step(bench, 4000, 5, 90);
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 4.0");
    }
  }

  @Test
  void whatMustNotHappenBetweenTwoStepsPreventsTheAlarm() throws Exception {
    String pattern = "a: {sequence: [{on: high}, {off: high, not: {on: hot}}]}";
    try (OperatorHarness bench = bench(pattern)) {
      step(bench, 1000, 11, 20);
      step(bench, 2000, 11, 90);
      step(bench, 3000, 5, 20);
      assertThat(bench.lines()).isEmpty();
      step(bench, 4000, 11, 20);
      step(bench, 5000, 5, 20);
      assertThat(bench.lines()).containsExactly("RAISED a 4.0 5.0");
    }
  }

  @Test
  void aStepOutsideItsWindowDoesNotComplete() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{on: high}, {off: high, within: 5s}]}")) {
      step(bench, 0, 11, 20);
      step(bench, 6000, 5, 20);
      assertThat(bench.lines()).isEmpty();
      step(bench, 7000, 11, 20);
      step(bench, 12_000, 5, 20);
      assertThat(bench.lines()).containsExactly("RAISED a 7.0 12.0");
    }
  }

  @Test
  void threeAlarmsWithinAnHourAreAStormAndItClearsWhenTheLastOneDoes() throws Exception {
    String patterns =
        """
        a: {sequence: [{on: high}]}
        storm: {severity: MAJOR, sequence: [{alarm: a, times: 3}], within: 1h}
        """;
    try (OperatorHarness bench = bench(patterns)) {
      for (long at : List.of(0L, 3_000_000L, 3_600_001L, 3_700_000L)) {
        bench.current(at, 11);
        bench.current(at + 1000, 5);
      }
      assertThat(bench.lines().stream().filter(line -> line.contains("storm")))
          .containsExactly("RAISED storm 3000.0 3700.0", "CLEARED storm 3000.0 3701.0");
    }
  }

  @Test
  void aWindowThatHasPassedLeavesNothingBehind() throws Exception {
    try (OperatorHarness bench = bench("a: {sequence: [{on: high}, {on: hot}], within: 1m}")) {
      bench.current(0, 11);
      bench.current(1000, 5);
      assertThat(bench.state(OperatorHarness.DEVICE).sequences).hasSize(1);
      bench.current(60_000, 5);
      assertThat(bench.state(OperatorHarness.DEVICE).sequences).hasSize(1);
      bench.current(60_001, 5);
      assertThat(bench.state(OperatorHarness.DEVICE).sequences).isEmpty();
    }
  }

  @Test
  void allOfSeveralMustHoldAtOnceAndAnyNeedsOne() throws Exception {
    String patterns =
        """
        both: {sequence: [{all: [high, hot], for: 2s}]}
        either: {sequence: [{any: [high, hot], for: 2s}]}
        """;
    try (OperatorHarness bench = bench(patterns)) {
      step(bench, 0, 11, 20);
      step(bench, 1000, 11, 90);
      step(bench, 2000, 11, 90);
      step(bench, 3000, 11, 90);
      step(bench, 4000, 5, 20);
      assertThat(bench.lines())
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
    try (OperatorHarness bench = bench(pattern)) {
      bench.current(0, 11);
      bench.current(1000, 5);
      bench.current(3000, 11);
      bench.current(4000, 5);
      bench.current(6999, 5);
      bench.current(7000, 5);
      assertThat(bench.lines()).containsExactly("RAISED a 0.0 0.0", "CLEARED a 0.0 7.0");
    }
  }

  @Test
  void aPatternAppliesOnlyToDevicesWithItsAttributes() throws Exception {
    String pattern = "a: {sequence: [{on: high}], applies-to: {motorType: [pump, fan]}}";
    try (OperatorHarness bench = bench(pattern)) {
      bench.current(0, 11);
      bench.current(1000, 5);
      bench.attributes(new Attributes(Map.of(), Map.of("motorType", "fan"), Map.of()));
      bench.current(2000, 11);
      assertThat(bench.lines()).containsExactly("RAISED a 2.0 2.0");
    }
  }

  @Test
  void anOverrideChangesTheLevelOfItsDeviceAlone() throws Exception {
    String pattern =
        "a: {sequence: [{on: high}], overrides: {plant/motor-2: {signals: {high: {above: 20}}}}}";
    try (OperatorHarness bench = bench(pattern)) {
      DeviceId second = new DeviceId("plant", "motor-2");
      bench.reading(second, 0, Map.of("current", 19.0));
      bench.current(1000, 19);
      bench.reading(second, 2000, Map.of("current", 21.0));
      assertThat(bench.lines()).containsExactly("RAISED a 1.0 1.0", "RAISED a 2.0 2.0");
      assertThat(bench.alarms().get(1).threshold()).isEqualTo(20);
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
    try (OperatorHarness bench = new OperatorHarness(file)) {
      bench.attributes(Attributes.NONE);
      bench.current(0, 1000);
      assertThat(bench.lines()).isEmpty();
    }
  }

  @Test
  void aStepThatBreaksOffOrIsForbiddenMayBeTriedAgainFromTheSameBeginning() throws Exception {
    String patterns =
        """
        again: {sequence: [{on: high}, {on: hot, for: 2s}]}
        soon: {sequence: [{on: high}, {on: hot}, {off: high, within: 2s}]}
        """;
    try (OperatorHarness bench = bench(patterns)) {
      step(bench, 0, 11, 20);
      step(bench, 1000, 11, 90);
      step(bench, 2000, 11, 20);
      step(bench, 3000, 11, 90);
      step(bench, 5000, 5, 90);
      assertThat(bench.lines()).containsExactly("RAISED again 0.0 5.0", "RAISED soon 0.0 5.0");
    }
  }

  @Test
  void repeatedBeginningsDoNotAccumulateAndTheEarliestIsTold() throws Exception {
    String patterns =
        """
        unlimited: {sequence: [{on: high}, {on: hot}]}
        limited: {sequence: [{on: high}, {on: hot}], within: 1h}
        """;
    try (OperatorHarness bench = bench(patterns)) {
      int size = 0;
      for (int i = 0; i < 1_000; i++) {
        step(bench, i * 2_000L, 11, 20);
        step(bench, i * 2_000L + 1_000, 5, 20);
        if (i == 100) {
          size = bench.stateBytes(OperatorHarness.DEVICE);
        }
      }
      assertThat(bench.stateBytes(OperatorHarness.DEVICE)).isLessThan(size + 200);
      step(bench, 2_000_000, 5, 90);
      assertThat(bench.lines())
          .containsExactly("RAISED unlimited 0.0 2000.0", "RAISED limited 0.0 2000.0");
      assertThat(bench.state(OperatorHarness.DEVICE).sequences).isEmpty();
    }
  }

  private static void step(OperatorHarness bench, long at, double current, double temperature)
      throws Exception {
    bench.reading(
        OperatorHarness.DEVICE, at, Map.of("current", current, "temperature", temperature));
  }
}
