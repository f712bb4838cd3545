package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceCompiler;
import io.motorwatch.patterns.sequence.SequenceRunner;
import io.motorwatch.patterns.signal.ConditionTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Makes rules of definitions, adding the conditions they need to the table. */
final class PatternCompiler {

  private PatternCompiler() {}

  static List<CompiledPattern> compile(PatternSet set, ConditionTable table, RuntimeContext context)
      throws Exception {
    List<CompiledPattern> rules = new ArrayList<>();
    for (PatternDefinition pattern : set.patterns()) {
      CompiledSequence sequence = SequenceCompiler.compile(table, pattern);
      RuleNodes nodes = nodes(pattern, table);
      rules.add(
          new CompiledPattern(
              pattern,
              rules.size(),
              Structure.fingerprint(pattern, table),
              new SequenceRunner(sequence, context),
              nodes,
              ReferencedNames.of(pattern, set),
              table.dependsOnSilence(nodes.clear())));
    }
    return List.copyOf(rules);
  }

  private static RuleNodes nodes(PatternDefinition pattern, ConditionTable table) {
    int clear = table.indexOf(pattern.clear().when(), pattern);
    if (pattern.clear().forMs() > 0 || pattern.life().flapping().watched()) {
      table.time(clear);
    }
    Condition first = pattern.sequence().get(0).what();
    int firstNode =
        first instanceof Condition.AlarmOpen ? RuleNodes.NONE : table.indexOf(first, pattern);
    int lastStep = table.indexOf(pattern.lastStep().what(), pattern);
    return new RuleNodes(firstNode, clear, table.firstSignal(lastStep).orElse(RuleNodes.NONE));
  }
}
