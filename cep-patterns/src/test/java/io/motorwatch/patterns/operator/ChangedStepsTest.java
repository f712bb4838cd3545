package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Patterns that are new, or have other steps or waits, while something is under way. */
class ChangedStepsTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: %d
      signals:
        a: {value: a, above: 1}
        b: {value: b, above: 1}
        c: {value: c, above: 1}
      patterns:
        p: {sequence: [%s]%s}
        uses: {sequence: [{all: [a, b, c], for: 1h}]}
      """;

  private static String file(int version, String steps, String more) {
    return FILE.formatted(version, steps, more);
  }

  /** Each of three fields either beyond its level or not. */
  private static void at(OperatorHarness bench, int second, String beyond) throws Exception {
    bench.reading(
        OperatorHarness.DEVICE,
        second * 1000L,
        Map.of(
            "a", beyond.contains("a") ? 2.0 : 0.0,
            "b", beyond.contains("b") ? 2.0 : 0.0,
            "c", beyond.contains("c") ? 2.0 : 0.0));
  }

  @Test
  void whatWasReachedBeforeAPatternWasNewDoesNotForbidItsSteps() throws Exception {
    try (OperatorHarness bench = new OperatorHarness(file(1, "{on: c}", ""))) {
      at(bench, 0, "b");
      at(bench, 5, "ab");
      bench.publish(file(2, "{on: a}, {on: c, not: {on: b, for: 2s}}", ""));
      at(bench, 6, "ab");
      at(bench, 7, "abc");
      assertThat(bench.lines()).containsExactly("RAISED p 5.0 7.0");
    }
  }

  @Test
  void anAlarmThatEndsWithTheFirstReadingOfOtherStepsIsNotRaisedByWhatHeldBefore()
      throws Exception {
    try (OperatorHarness bench = new OperatorHarness(file(1, "{on: b}", ", clear: {on: c}"))) {
      at(bench, 0, "ab");
      bench.publish(file(2, "{on: a}", ", clear: {on: c}"));
      at(bench, 1, "abc");
      at(bench, 2, "ab");
      assertThat(bench.lines()).containsExactly("RAISED p 0.0 0.0", "CLEARED p 0.0 1.0");
      at(bench, 3, "b");
      at(bench, 4, "ab");
      assertThat(bench.lines()).hasSize(3).last().isEqualTo("RAISED p 4.0 4.0");
    }
  }

  @Test
  void aLongerWithinBringsNothingBackThatHadWaitedTooLongBetweenRepetitions() throws Exception {
    String steps = "{on: a}, {on: b, times: 2, within: %ds}";
    try (OperatorHarness bench = new OperatorHarness(file(1, steps.formatted(4), ""))) {
      at(bench, 0, "a");
      at(bench, 3, "ab");
      at(bench, 5, "a");
      bench.publish(file(2, steps.formatted(20), ""));
      at(bench, 6, "ab");
      assertThat(bench.lines()).isEmpty();
    }
  }

  @Test
  void aLongerWithinBringsNothingBackThatHadWaitedTooLongWhileItHeld() throws Exception {
    String steps = "{on: a}, {on: b, for: 3s, within: %ds}";
    try (OperatorHarness bench = new OperatorHarness(file(1, steps.formatted(4), ""))) {
      at(bench, 0, "a");
      at(bench, 3, "ab");
      at(bench, 5, "ab");
      bench.publish(file(2, steps.formatted(20), ""));
      at(bench, 6, "ab");
      assertThat(bench.lines()).isEmpty();
    }
  }

  @Test
  void ofBeginningsWithTheSameOnsetTheOneThatMayWaitLongestIsKept() throws Exception {
    String steps = "{on: a}, {on: b}, {on: c, times: 2, within: 5s}";
    try (OperatorHarness bench = new OperatorHarness(file(1, steps, ""))) {
      at(bench, 0, "a");
      at(bench, 1, "ab");
      at(bench, 4, "ab");
      at(bench, 4, "a");
      at(bench, 5, "ab");
      at(bench, 6, "ac");
      at(bench, 8, "a");
      at(bench, 10, "ac");
      assertThat(bench.lines()).containsExactly("RAISED p 0.0 10.0");
    }
  }

  @Test
  void whatAPatternOfOtherStepsCountsOfAnOffNobodyTimedIsTheReadingBefore() throws Exception {
    try (OperatorHarness bench = new OperatorHarness(file(1, "{on: c}", ""))) {
      at(bench, 0, "");
      at(bench, 5, "");
      bench.publish(file(2, "{off: a, for: 3s}", ""));
      at(bench, 6, "");
      at(bench, 7, "");
      assertThat(bench.lines()).isEmpty();
      at(bench, 8, "");
      assertThat(bench.lines()).containsExactly("RAISED p 5.0 8.0");
    }
  }
}
