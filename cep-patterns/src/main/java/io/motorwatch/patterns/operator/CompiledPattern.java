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
 * @param place among the rules of its set
 * @param fingerprint tells its structure: under it a sequence under way is kept
 * @param nodes the conditions it needs
 * @param names the fields and attributes its alarm depends on
 * @param endsInSilence whether its clear condition may come to hold while the device says nothing
 */
record CompiledPattern(
    PatternDefinition definition,
    int place,
    long fingerprint,
    SequenceRunner runner,
    RuleNodes nodes,
    Set<String> names,
    boolean endsInSilence) {

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
