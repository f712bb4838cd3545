package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.patterns.definition.PatternFileParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that count readings: {@code for: {count: …, of: …}}. */
class CountedStepsTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        high: {value: current, above: 10, reset: 10, max-gap: 10s}
      patterns:
        noisy: {sequence: [{on: high, for: {count: 3, of: 5}}]}
      """;

  /** One reading a second, from the given second: {@code x} is high, {@code -} is not. */
  private static void readings(OperatorHarness operator, int second, String values)
      throws Exception {
    for (int i = 0; i < values.length(); i++) {
      operator.current((second + i) * 1_000L, values.charAt(i) == 'x' ? 12 : 9);
    }
  }

  @Test
  void completeWithTheReadingThatIsTheLastOfTheCountAndEndWithTheFirstTooFew() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(FILE)) {
      readings(operator, 0, "x--x-x-x---");
      assertThat(operator.lines()).containsExactly("RAISED noisy 7.0 7.0", "CLEARED noisy 7.0 8.0");
    }
  }

  @Test
  void needNotHaveSeenAsManyReadingsAsTheyLookAt() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(FILE)) {
      readings(operator, 0, "xxx");
      assertThat(operator.lines()).containsExactly("RAISED noisy 2.0 2.0");
    }
  }

  @Test
  void startAgainAfterAGapAndSurviveFailures() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(FILE)) {
      readings(operator, 0, "xx");
      readings(operator, 12, "xx");
      assertThat(operator.lines()).isEmpty();
      operator.failAndRestore();
      readings(operator, 14, "-");
      operator.failAndRestore();
      readings(operator, 15, "x");
      assertThat(operator.lines()).containsExactly("RAISED noisy 15.0 15.0");
    }
  }

  @Test
  void countOtherwiseWithTheNextReadingOnceTheFileSaysSo() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(FILE)) {
      readings(operator, 0, "x-x----x-");
      operator.publish(
          FILE.replace("version: 1", "version: 2").replace("count: 3, of: 5", "count: 3, of: 10"));
      assertThat(operator.lines()).isEmpty();
      readings(operator, 9, "-");
      assertThat(operator.lines()).containsExactly("RAISED noisy 9.0 9.0");
    }
  }

  @Test
  void clearAnAlarmAlike() throws Exception {
    String file = FILE.replace("of: 5}}]", "of: 5}}], clear: {off: high, for: {count: 4, of: 5}}");
    try (OperatorHarness operator = new OperatorHarness(file)) {
      readings(operator, 0, "xxx--x---x");
      assertThat(operator.lines()).containsExactly("RAISED noisy 2.0 2.0", "CLEARED noisy 2.0 7.0");
    }
  }

  @Test
  void areRefusedForWhatNoReadingEvaluates() {
    assertThatThrownBy(
            () -> PatternFileParser.parse(FILE.replace("on: high, for", "off: silent, for")))
        .hasMessageContaining("an alarm or silence has none");
  }

  @Test
  void ignoreReadingsWithoutAValue() throws Exception {
    try (OperatorHarness operator =
        new OperatorHarness(FILE.replace("value: current,", "value: current / load,"))) {
      for (int i = 0; i < 9; i++) {
        double load = i % 2 == 0 ? 1 : Double.NaN;
        operator.reading(OperatorHarness.DEVICE, i * 1_000L, Map.of("current", 12.0, "load", load));
      }
      assertThat(operator.lines()).containsExactly("RAISED noisy 4.0 4.0");
    }
  }
}
