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
  private static void at(OperatorHarness operator, int second, String beyond) throws Exception {
    operator.reading(
        OperatorHarness.DEVICE,
        second * 1000L,
        Map.of(
            "a", beyond.contains("a") ? 2.0 : 0.0,
            "b", beyond.contains("b") ? 2.0 : 0.0,
            "c", beyond.contains("c") ? 2.0 : 0.0));
  }

  @Test
  void whatWasReachedBeforeAPatternWasNewDoesNotForbidItsSteps() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, "{on: c}", ""))) {
      at(operator, 0, "b");
      at(operator, 5, "ab");
      operator.publish(file(2, "{on: a}, {on: c, not: {on: b, for: 2s}}", ""));
      at(operator, 6, "ab");
      at(operator, 7, "abc");
      assertThat(operator.lines()).containsExactly("RAISED p 5.0 7.0");
    }
  }

  @Test
  void anAlarmThatEndsWithTheFirstReadingOfOtherStepsIsNotRaisedByWhatHeldBefore()
      throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, "{on: b}", ", clear: {on: c}"))) {
      at(operator, 0, "ab");
      operator.publish(file(2, "{on: a}", ", clear: {on: c}"));
      at(operator, 1, "abc");
      at(operator, 2, "ab");
      assertThat(operator.lines()).containsExactly("RAISED p 0.0 0.0", "CLEARED p 0.0 1.0");
      at(operator, 3, "b");
      at(operator, 4, "ab");
      assertThat(operator.lines()).hasSize(3).last().isEqualTo("RAISED p 4.0 4.0");
    }
  }

  @Test
  void aLongerWithinBringsNothingBackThatHadWaitedTooLongBetweenRepetitions() throws Exception {
    String steps = "{on: a}, {on: b, times: 2, within: %ds}";
    try (OperatorHarness operator = new OperatorHarness(file(1, steps.formatted(4), ""))) {
      at(operator, 0, "a");
      at(operator, 3, "ab");
      at(operator, 5, "a");
      operator.publish(file(2, steps.formatted(20), ""));
      at(operator, 6, "ab");
      assertThat(operator.lines()).isEmpty();
    }
  }

  @Test
  void aLongerWithinBringsNothingBackThatHadWaitedTooLongWhileItHeld() throws Exception {
    String steps = "{on: a}, {on: b, for: 3s, within: %ds}";
    try (OperatorHarness operator = new OperatorHarness(file(1, steps.formatted(4), ""))) {
      at(operator, 0, "a");
      at(operator, 3, "ab");
      at(operator, 5, "ab");
      operator.publish(file(2, steps.formatted(20), ""));
      at(operator, 6, "ab");
      assertThat(operator.lines()).isEmpty();
    }
  }

  @Test
  void ofPartialMatchesWithTheSameOnsetTheOneThatMayWaitLongestIsKept() throws Exception {
    String steps = "{on: a}, {on: b}, {on: c, times: 2, within: 5s}";
    try (OperatorHarness operator = new OperatorHarness(file(1, steps, ""))) {
      at(operator, 0, "a");
      at(operator, 1, "ab");
      at(operator, 4, "ab");
      at(operator, 4, "a");
      at(operator, 5, "ab");
      at(operator, 6, "ac");
      at(operator, 8, "a");
      at(operator, 10, "ac");
      assertThat(operator.lines()).containsExactly("RAISED p 0.0 10.0");
    }
  }

  @Test
  void aPatternOfOtherStepsCountsAnUntimedOffFromTheReadingBefore() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, "{on: c}", ""))) {
      at(operator, 0, "");
      at(operator, 5, "");
      operator.publish(file(2, "{off: a, for: 3s}", ""));
      at(operator, 6, "");
      at(operator, 7, "");
      assertThat(operator.lines()).isEmpty();
      at(operator, 8, "");
      assertThat(operator.lines()).containsExactly("RAISED p 5.0 8.0");
    }
  }
}
