package io.motorwatch.tools.patterndiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.patterns.definition.PatternFileParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternDiffTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 1
      defaults: {ratedCurrent: 10}
      signals:
        over: {value: current / ratedCurrent, above: 1.2, reset: 1.15}
        low: {value: current, below: 3, while: [RUN]}
      patterns:
        overload:
          sequence: [{on: over, for: 30s}]
          escalate: [{after: 120s, severity: MAJOR}]
          overrides: {m1: {signals: {over: {above: 1.3}}}}
        idle: {sequence: [{on: low}]}
        storm: {sequence: [{alarm: overload, times: 3}], within: 1h}
      """;

  private static List<String> diff(String... replacements) throws Exception {
    String changed = FILE.replace("version: 1\n", "version: 2\n");
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(changed).contains(replacements[i]);
      changed = changed.replace(replacements[i], replacements[i + 1]);
    }
    return PatternDiff.of(PatternFileParser.parse(FILE), PatternFileParser.parse(changed));
  }

  @Test
  void aFileThatMeansTheSameHasNoDifference() throws Exception {
    assertThat(diff()).isEmpty();
    assertThat(diff("current / ratedCurrent", "current/ratedCurrent")).isEmpty();
  }

  @Test
  void aVersionThatIsNotHigherIsSaid() throws Exception {
    assertThat(diff("version: 2", "version: 1"))
        .containsExactly("version: 1 → 1: not higher, so that running jobs do not take the file");
  }

  @Test
  void levelsSayWhetherTheyAreStricterAndWhichPatternsTheyConcern() throws Exception {
    assertThat(diff("above: 1.2, reset: 1.15", "above: 1.25, reset: 1.1, max-gap: 20s"))
        .containsExactly(
            "signal over: above 1.2 → 1.25: stricter, true later and less often (overload)",
            "signal over: reset 1.15 → 1.1: ends later (overload)",
            "signal over: max-gap 10s → 20s: lasts through longer gaps (overload)",
            // Where it gives none, an override's reset is as far from its level as the signal's.
            "pattern overload: override of m1, over: above 1.3, reset 1.24583, max-gap 10s → above 1.3,"
                + " reset 1.144, max-gap 20s");
    assertThat(diff("below: 3, while: [RUN]", "below: 4, reset: 4.5, while: [RUN, START]"))
        .containsExactly(
            "signal low: below 3 → 4: milder, true earlier and more often (idle)",
            "signal low: reset 3.12 → 4.5: ends later (idle)",
            "signal low: while [RUN] → [START, RUN]: the motor states in which it counts (idle)");
    assertThat(diff("below: 3", "above: 3"))
        .containsExactly("signal low: below 3 → above 3: the other side (idle)");
    assertThat(diff("{value: current, below", "{value: current * 2.0, below"))
        .containsExactly(
            "signal low: value current → current*2.0: it measures something else and starts again"
                + " (idle)");
  }

  @Test
  void durationsSayWhenAlarmsComeAndStepsWhatIsDropped() throws Exception {
    assertThat(diff("for: 30s", "for: 45s"))
        .containsExactly(
            "pattern overload: step 1, on over, for: 30s → 45s: completes 15s later, and not for what"
                + " is shorter");
    assertThat(diff("within: 1h", "within: 30m"))
        .containsExactly(
            "pattern storm: within: 1h → 30m: the whole sequence may take less time: fewer alarms");
    assertThat(diff("{on: low}", "{off: over}, {on: low}"))
        .containsExactly(
            "pattern idle: steps: [on low] → [off over; on low]: what is under way is dropped, open"
                + " alarms stay");
  }

  @Test
  void whatIsNewGoneOrOtherwiseOfAPatternIsSaid() throws Exception {
    assertThat(diff("idle:", "resting:"))
        .containsExactly(
            "pattern idle: removed: its open alarms are cleared", "pattern resting: new");
    assertThat(
            diff(
                "severity: MAJOR}]",
                "severity: CRITICAL}]\n    severity: MAJOR\n    clear: {off: over, for: 5s}\n    latch: true",
                "above: 1.3",
                "above: 1.4"))
        .containsExactly(
            "pattern overload: clear: off over for 0s → off over for 5s: open alarms are cleared by"
                + " the new rule at once",
            "pattern overload: severity: WARNING → MAJOR: of new alarms",
            "pattern overload: escalate: MAJOR after 2m → CRITICAL after 2m: also of open alarms",
            "pattern overload: lifecycle: no re-alarm, no latch, no flapping → no re-alarm, latch, no"
                + " flapping",
            "pattern overload: override of m1, over: above 1.3, reset 1.24583, max-gap 10s → above 1.4,"
                + " reset 1.34167, max-gap 10s");
    assertThat(diff("ratedCurrent: 10", "ratedCurrent: 12"))
        .containsExactly(
            "default ratedCurrent: 10 → 12: for devices without it on their nameplate");
  }

  @Test
  void theShippedPatternsDoNotDifferFromThemselves() throws Exception {
    String shipped = Files.readString(Path.of("../conf/patterns.yaml"));
    assertThat(
            PatternDiff.of(
                PatternFileParser.parse(shipped),
                PatternFileParser.parse(
                    shipped.replaceFirst("(?m)^version: \\d+", "version: 999"))))
        .isEmpty();
  }
}
