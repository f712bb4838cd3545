package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingInputsTest {

  private MissingInputs inputs;

  @BeforeEach
  void parse() throws Exception {
    inputs =
        new MissingInputs(
            PatternFileParser.parse(
                """
                apiVersion: motorwatch/v1
                version: 1
                defaults: {tripClass: 10}
                signals:
                  over: {value: current / ratedCurrent, above: 1.2}
                  hot: {value: temperature, above: 90}
                  running: {value: vibration, above: 2, while: [RUN]}
                patterns:
                  overload: {sequence: [{on: over, for: 30s}]}
                  either: {sequence: [{any: [over, hot]}]}
                  both: {sequence: [{all: [over, hot]}]}
                  shaking: {sequence: [{on: running}]}
                  storm: {sequence: [{alarm: overload, times: 3}], within: 1h}
                  pumps: {sequence: [{on: hot}], applies-to: {motorType: [pump]}}
                """));
  }

  @Test
  void eachMissingNameIsWithThePatternsThatRaiseNothingWithoutIt() {
    assertThat(inputs.of(Attributes.NONE, Set.of("current", "temperature")))
        .isEqualTo(
            Map.of(
                "motorType", Set.of("pumps"),
                "ratedCurrent", Set.of("overload", "both", "storm", "shaking"),
                "vibration", Set.of("shaking")));
  }

  @Test
  void aMotorsStateIsKnownByCurrentOrBySpeed() {
    Attributes bySpeed = Attributes.ofNumbers(Map.of("ratedSpeed", 1480.0));
    assertThat(inputs.of("shaking", bySpeed, Set.of("vibration", "speed"))).isEmpty();
    assertThat(inputs.of("shaking", bySpeed, Set.of("vibration")))
        .containsExactly("current", "ratedCurrent");
  }

  @Test
  void anAttributeThatNoPatternCanUseIsMissing() {
    Attributes zero =
        new Attributes(Map.of("ratedCurrent", 0.0), Map.of("motorType", "fan"), Map.of());
    assertThat(inputs.of("overload", zero, Set.of("current"))).containsExactly("ratedCurrent");
    assertThat(inputs.of("pumps", zero, Set.of("temperature"))).isEmpty();
    assertThat(
            List.of(
                inputs.of("either", zero, Set.of("temperature")),
                inputs.of("no-such-pattern", zero, Set.of())))
        .containsOnly(Set.of());
  }
}
