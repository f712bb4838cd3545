package io.motorwatch.patterns.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.AlarmBook;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import org.junit.jupiter.api.Test;

/** What becomes of kept conditions under the same file, and under another. */
class KeptConditionsTest {

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
  private static KeptConditions kept() throws Exception {
    ConditionTable table = table(ONE);
    // The file's only variable, then what the motor's state goes by.
    double[] variables = {13, Double.NaN, Double.NaN, Double.NaN};
    ConditionState state = ConditionState.fresh(table);
    new SignalBank(table)
        .judge(
            1_000,
            variables,
            table.levelsOf(new DeviceId("plant", "m")),
            new AlarmBook(),
            state,
            new Edges());
    assertThat(state.holds(0)).isTrue();
    return state.kept();
  }

  @Test
  void underAnotherFileAViewThatIsNewGoesOnWithWhatTheOthersSaw() throws Exception {
    ConditionTable other = table(WITH_ANOTHER_VIEW);
    ConditionState adopted = ConditionState.adopt(kept(), other, new AlarmBook());
    assertThat(other.size()).isEqualTo(2);
    assertThat(adopted.holds(0)).isTrue();
    assertThat(adopted.holds(1)).isTrue();
    assertThat(adopted.since(1)).isEqualTo(1_000);
  }

  @Test
  void underTheSameFileAViewOfWhichNothingIsKeptIsTakenFromNoOther() throws Exception {
    ConditionTable same = table(WITH_ANOTHER_VIEW);
    ConditionState restored = ConditionState.restore(kept(), same, new AlarmBook());
    assertThat(restored.holds(0)).isTrue();
    assertThat(restored.holds(1)).isFalse();
  }
}
