package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.operator.CompiledPattern.ConditionIndexes;
import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceCompiler;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/** Compiles the patterns of a file, and adds the conditions they need to the condition table. */
final class PatternCompiler {

  private PatternCompiler() {}

  static List<CompiledPattern> compile(PatternSet set, ConditionTable table, RuntimeContext context)
      throws Exception {
    List<CompiledPattern> compiled = new ArrayList<>();
    for (PatternDefinition pattern : set.patterns()) {
      CompiledSequence sequence = SequenceCompiler.compile(table, pattern);
      ConditionIndexes indexes = indexes(pattern, table);
      Set<String> inputs = PatternInputs.of(pattern, set);
      compiled.add(
          new CompiledPattern(
              pattern,
              fingerprint(pattern, table),
              new SequenceRunner(sequence, context),
              indexes,
              inputs,
              table.functionsOf(inputs),
              table.dependsOnSilence(indexes.clear())));
    }
    return List.copyOf(compiled);
  }

  private static ConditionIndexes indexes(PatternDefinition pattern, ConditionTable table) {
    int clear = table.indexOf(pattern.clear().when(), pattern);
    if (pattern.clear().forMs() > 0 || pattern.lifecycle().flapping().watched()) {
      table.keepSince(clear);
    }
    Condition first = pattern.sequence().get(0).what();
    int firstIndex =
        first instanceof Condition.AlarmOpen
            ? ConditionIndexes.NONE
            : table.indexOf(first, pattern);
    int lastStep = table.indexOf(pattern.lastStep().what(), pattern);
    return new ConditionIndexes(
        firstIndex, clear, table.firstSignal(lastStep).orElse(ConditionIndexes.NONE));
  }

  /**
   * Of what defines the pattern's NFA: its steps and what they measure. Levels and durations are
   * not part of it, since they are data. A sequence under way continues under a file in which this
   * is unchanged. A signal whose level the pattern overrides is another signal than the shared one:
   * what is true by one level may be false by the other.
   */
  private static long fingerprint(PatternDefinition pattern, ConditionTable table) {
    StringBuilder text = new StringBuilder(pattern.id());
    for (Step step : pattern.sequence()) {
      text.append(" then ").append(step.times()).append(" times ");
      describe(step, pattern, table, text);
      describe(step.absent(), pattern, table, text.append(" without "));
    }
    return Fingerprint.of(text.toString());
  }

  /** The words are part of fingerprints in savepoints: do not change them. */
  private static void describe(
      @Nullable Step step, PatternDefinition pattern, ConditionTable table, StringBuilder text) {
    if (step == null) {
      text.append("anything");
    } else if (step.what() instanceof Condition.AlarmOpen alarm) {
      text.append("alarm ").append(alarm.pattern());
    } else {
      text.append(table.stepId(table.indexOf(step.what(), pattern)));
      text.append(step.persists() ? " lasting" : " at once");
    }
  }
}
