package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Overrides that come and go with files: which view of a signal goes on as which. */
class ChangedOverridesTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: %d
      signals:
        high: {value: current, above: 10, reset: 9}
        stop: {value: current, below: 1}
      patterns:
        own: {sequence: [{on: high, for: %ds}], clear: {on: stop}%s}
        same: {sequence: [{on: high, for: %ds}], clear: {on: stop}%s}
      """;

  private static final String STRICT =
      ", overrides: {motor-1: {signals: {high: {above: 20, reset: 19}}}}";

  private static final String SHORT_GAP =
      ", overrides: {motor-1: {signals: {high: {max-gap: 2s}}}}";

  private static String file(
      int version, int ownSeconds, String own, int sameSeconds, String same) {
    return FILE.formatted(version, ownSeconds, own, sameSeconds, same);
  }

  @Test
  void aDroppedOverrideLeavesThePatternWithTheSignalAsTheOthersSeeIt() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, 60, STRICT, 60, ""))) {
      operator.currentEachSecond(0, 10_000, 13);
      operator.publish(file(2, 15, "", 60, ""));
      operator.currentEachSecond(10_000, 20_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED own 0.0 15.0");
    }
  }

  @Test
  void whatHadBegunByAnOverrideDoesNotCompleteByTheLevelOfAll() throws Exception {
    String mild = ", overrides: {motor-1: {signals: {high: {above: 5, reset: 4}}}}";
    try (OperatorHarness operator = new OperatorHarness(file(1, 20, mild, 60, ""))) {
      operator.currentEachSecond(0, 10_000, 7);
      operator.publish(file(2, 20, "", 60, ""));
      operator.currentEachSecond(10_000, 15_000, 7);
      operator.currentEachSecond(15_000, 40_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED own 15.0 35.0");
    }
  }

  @Test
  void anAddedOverrideGoesOnWithTheSignalAsThePatternSawItAndNotAsAnotherWithOverridesDoes()
      throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, 60, STRICT, 60, ""))) {
      operator.currentEachSecond(0, 10_000, 13);
      // Listed behind the other, whose own view is that the signal is false.
      operator.publish(file(2, 60, STRICT, 15, SHORT_GAP));
      operator.currentEachSecond(10_000, 20_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED same 0.0 15.0");
    }
  }

  @Test
  void aNewPatternWithAnOverrideForAnotherDeviceCountsWhatHeldBefore() throws Exception {
    String plain = file(1, 60, "", 60, "");
    try (OperatorHarness operator = new OperatorHarness(plain)) {
      operator.currentEachSecond(0, 10_000, 13);
      operator.publish(
          plain.replace("version: 1", "version: 2")
              + "  added: {sequence: [{on: high, for: 15s}]%s}\n"
                  .formatted(STRICT.replace("motor-1", "motor-2")));
      operator.currentEachSecond(10_000, 20_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED added 0.0 15.0");
    }
  }

  @Test
  void aSignalUnknownToThePatternWithAnOverrideStaysSoThoughOthersKnowIt() throws Exception {
    try (OperatorHarness operator = new OperatorHarness(file(1, 60, SHORT_GAP, 60, ""))) {
      operator.currentEachSecond(0, 3_000, 13);
      // Too long a gap for the one, and then no current for either.
      operator.reading(OperatorHarness.DEVICE, 8_000, Map.of("current", Double.NaN));
      operator.publish(file(2, 10, SHORT_GAP, 60, ""));
      operator.currentEachSecond(9_000, 18_000, 13);
      assertThat(operator.lines()).isEmpty();
      operator.current(19_000, 13);
      assertThat(operator.lines()).containsExactly("RAISED own 9.0 19.0");
    }
  }
}
