package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.sequence.CompiledSequence;
import io.motorwatch.patterns.sequence.SequenceRunner;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A pattern ready to run.
 *
 * @param stateName prefix of its automaton's states; tells its structure
 * @param clearNode the condition that clears its alarm
 * @param decidingSignal the signal whose value its alarms report, or none
 */
record Rule(
    PatternDefinition definition,
    String stateName,
    CompiledSequence sequence,
    SequenceRunner runner,
    int clearNode,
    OptionalInt decidingSignal) {

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
