package io.motorwatch.patterns.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import org.junit.jupiter.api.Test;

/** Restored conditions under the same pattern file, and under another. */
class RestoredConditionsTest {

  private static final String ONE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        high: {value: current, above: 10}
      patterns:
        plain: {sequence: [{on: high}]}
      """;

  private static final String WITH_ANOTHER_VIEW =
      ONE + "  own: {sequence: [{on: high}], overrides: {other: {signals: {high: {above: 20}}}}}\n";

  private static ConditionTable table(String file) throws Exception {
    PatternSet set = PatternFileParser.parse(file);
    ConditionTable table = new ConditionTable(set);
    for (PatternDefinition pattern : set.patterns()) {
      table.indexOf(pattern.lastStep().what(), pattern);
    }
    return table;
  }

  /** The signal is true in the one view the first file has of it. */
  private static RestoredConditions saved() throws Exception {
    ConditionTable table = table(ONE);
    // The file's only variable, then what the motor's state goes by.
    double[] variables = {13, Double.NaN, Double.NaN, Double.NaN};
    DeviceConditions state = DeviceConditions.unknown(table);
    new ConditionEvaluator(table)
        .evaluate(
            1_000,
            variables,
            table.levelsOf(new DeviceId("plant", "m")),
            0,
            new DeviceAlarms(),
            state,
            new ConditionEdges());
    assertThat(state.holds(0)).isTrue();
    return state.toSave();
  }

  @Test
  void underAnotherFileAViewThatIsNewGoesOnWithWhatTheOthersSaw() throws Exception {
    ConditionTable other = table(WITH_ANOTHER_VIEW);
    DeviceConditions adopted = DeviceConditions.adopt(saved(), other, new DeviceAlarms());
    assertThat(other.size()).isEqualTo(2);
    assertThat(adopted.holds(0)).isTrue();
    assertThat(adopted.holds(1)).isTrue();
    assertThat(adopted.since(1)).isEqualTo(1_000);
  }

  @Test
  void underTheSameFileAViewOfWhichNothingIsKeptIsTakenFromNoOther() throws Exception {
    ConditionTable same = table(WITH_ANOTHER_VIEW);
    DeviceConditions restored = DeviceConditions.restore(saved(), same, new DeviceAlarms());
    assertThat(restored.holds(0)).isTrue();
    assertThat(restored.holds(1)).isFalse();
  }
}
