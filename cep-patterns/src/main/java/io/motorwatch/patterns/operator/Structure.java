package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What of a pattern its automaton is made of: its steps and what they measure, and no level and no
 * duration, which are data. A sequence under way goes on under a file in which this is the same. A
 * signal whose levels the pattern overrides is another one than that of all: what has begun by the
 * one may not be so by the other.
 */
final class Structure {

  private Structure() {}

  static long fingerprint(PatternDefinition pattern, ConditionTable table) {
    StringBuilder text = new StringBuilder(pattern.id());
    for (Step step : pattern.sequence()) {
      text.append(" then ").append(step.times()).append(" times ");
      describe(step, pattern, table, text);
      describe(step.absent(), pattern, table, text.append(" without "));
    }
    return Fingerprint.of(text.toString());
  }

  private static void describe(
      @Nullable Step step, PatternDefinition pattern, ConditionTable table, StringBuilder text) {
    if (step == null) {
      text.append("anything");
    } else if (step.what() instanceof Condition.AlarmOpen alarm) {
      text.append("alarm ").append(alarm.pattern());
    } else {
      text.append(table.ownId(table.indexOf(step.what(), pattern)));
      text.append(step.persists() ? " lasting" : " at once");
    }
  }
}
