package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.sequence.SequenceRunner;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pattern ready to run.
 *
 * @param fingerprint of its steps, see {@link PatternCompiler}: a sequence under way is kept under
 *     it
 * @param indexes of the conditions it needs
 * @param inputs the fields and attributes that decide whether its alarm is raised and cleared
 * @param functions the stateful functions among these, by {@link
 *     io.motorwatch.patterns.signal.ConditionTable#functionsOf}
 * @param clearsInSilence whether its clear condition may become true while the device sends nothing
 */
record CompiledPattern(
    PatternDefinition definition,
    long fingerprint,
    SequenceRunner runner,
    ConditionIndexes indexes,
    Set<String> inputs,
    long functions,
    boolean clearsInSilence) {

  /**
   * Where a pattern's conditions are in the condition table.
   *
   * @param first the condition of its first step, or {@link #NONE} where that step is an alarm
   * @param clear the condition that clears its alarm
   * @param deciding the signal whose value its alarms report, or {@link #NONE}
   */
  record ConditionIndexes(int first, int clear, int deciding) {

    static final int NONE = -1;

    boolean hasFirst() {
      return first != NONE;
    }

    boolean hasDeciding() {
      return deciding != NONE;
    }
  }

  String id() {
    return definition.id();
  }

  boolean appliesTo(Attributes attributes) {
    for (Map.Entry<String, List<String>> wanted : definition.appliesTo().entrySet()) {
      String text = attributes.texts().get(wanted.getKey());
      Double number = attributes.numbers().get(wanted.getKey());
      boolean found =
          (text != null && wanted.getValue().contains(text))
              || (number != null && wanted.getValue().stream().anyMatch(w -> same(w, number)));
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(String text, double number) {
    try {
      return Double.parseDouble(text) == number;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
