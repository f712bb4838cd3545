package io.motorwatch.tools.patterntest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.patterns.yaml.InvalidFileException;
import org.junit.jupiter.api.Test;

class PatternTestFileTest {

  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals: {over: {value: current, above: 12}}
      patterns:
        overload: {sequence: [{on: over, for: 5s}]}
        silence: {sequence: [{on: silent}]}
      """;

  private static PatternTest test(String series, String alarms) throws Exception {
    return PatternTestFile.parse(
            "patterns: p.yaml\ntests:\n  - {name: n, series: {current: %s}, alarms: %s}"
                .formatted(series, alarms))
        .tests()
        .get(0);
  }

  @Test
  void differencesSayWhatIsMissingAndWhatWasNotExpected() throws Exception {
    PatternTest test = test("9x1s 13x7s 9x1s", "[{pattern: overload, onset: 1s, raised: 7s}]");
    assertThat(new PatternTestRunner(PATTERNS).run(test).lines())
        .containsExactly(
            "missing:    overload RAISED at 7s (onset 1s)",
            "unexpected: overload RAISED at 6s (onset 1s)",
            "unexpected: overload CLEARED at 8s (onset 1s)");
  }

  @Test
  void aSeriesMayRiseAndPauseAndAPauseMayBeSilence() throws Exception {
    assertThat(SeriesParser.parse("1..3x4s _x1s -2.5x1s", 1_000))
        .containsExactly(1, 1.5, 2, 2.5, Double.NaN, -2.5);
    PatternTest test =
        test("9x1s _x100s 9x2s", "[{pattern: silence, onset: 0s, raised: 60s, cleared: 101s}]");
    assertThat(new PatternTestRunner(PATTERNS).run(test).lines()).isEmpty();
  }

  @Test
  void everythingToldOfAnAlarmCanBeExpectedAndWhatComesOftenAsAList() throws Exception {
    String patterns =
        """
        apiVersion: motorwatch/v1
        version: 1
        signals: {over: {value: current, above: 12, reset: 12}}
        patterns:
          overload:
            sequence: [{on: over}]
            escalate: [{after: 5s, severity: MAJOR}, {after: 10s, severity: CRITICAL}]
            re-alarm: 8s
            latch: true
          flutter: {sequence: [{on: over}], flapping: {more-than: 1, within: 60s}}
        """;
    String latched =
        "{pattern: overload, onset: 1s, raised: 1s, escalated: [6s, 11s], repeated: [19s, 29s, 31s],"
            + " returned: [21s, 33s]}";
    String fluttering =
        "{pattern: flutter, onset: 1s, raised: 1s, cleared: 21s},"
            + " {pattern: flutter, onset: 31s, flapping: 31s}";
    PatternTest test =
        test("9x1s 13x20s 9x10s 13x2s 9x1s", "[" + latched + ", " + fluttering + "]");
    assertThat(new PatternTestRunner(patterns).run(test).lines()).isEmpty();
  }

  @Test
  void faultsAreToldWithTheirPlace() {
    assertThatThrownBy(() -> test("9x1s 13*7s", "[]"))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("'13*7s' is no piece of a series");
    assertThatThrownBy(() -> test("9x1500ms", "[]"))
        .hasMessageContaining("does not last a multiple of every: 1s");
    assertThatThrownBy(() -> test("9x100000h", "[]")).hasMessageContaining("at most 1000000");
    assertThatThrownBy(() -> test("9x1s", "[{pattern: overload, raise: 1s}]"))
        .hasMessageContaining("an alarm needs pattern, onset and raised, or flapping")
        .hasMessageContaining("unknown key 'raise' (did you mean 'raised'?)");
    assertThatThrownBy(
            () -> test("9x1s", "[{pattern: overload, onset: 1s, raised: 1s, flapping: 1s}]"))
        .hasMessageContaining("flapping in place of raised");
    assertThatThrownBy(
            () -> test("9x1s", "[{pattern: overload, onset: 1s, raised: 1s, escalated: [2s, x]}]"))
        .hasMessageContaining("escalated must be a duration");
  }

  @Test
  void aTestMayNameTheDeviceThatAnOverrideIsFor() throws Exception {
    String patterns =
        PATTERNS.replace(
            "sequence: [{on: over, for: 5s}]",
            "sequence: [{on: over, for: 5s}], overrides: {plant/m1: {signals: {over: {above: 20}}}}");
    String file =
        "patterns: p.yaml\ntests:\n  - {name: n, device: %s, series: {current: 13x7s}, alarms: []}";
    PatternTest own = PatternTestFile.parse(file.formatted("plant/m1")).tests().get(0);
    assertThat(new PatternTestRunner(patterns).run(own).lines()).isEmpty();
    PatternTest other = PatternTestFile.parse(file.formatted("m1")).tests().get(0);
    assertThat(other.device()).hasToString("default/m1");
    assertThat(new PatternTestRunner(patterns).run(other).lines())
        .containsExactly("unexpected: overload RAISED at 5s (onset 0s)");
    assertThatThrownBy(() -> PatternTestFile.parse(file.formatted("a/b/c")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("device must be a device or site/device");
  }
}
