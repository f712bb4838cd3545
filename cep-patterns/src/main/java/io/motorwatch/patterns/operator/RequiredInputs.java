package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.operator.NameplateCheck.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the patterns for some devices read, by name and by variable. Worked out once for each
 * selection of patterns and not for each device, since every device may have a nameplate of its
 * own. Immutable.
 */
final class RequiredInputs {

  private final Map<String, Set<String>> patternsOf = new TreeMap<>();
  private final Wanted[] variables;

  /**
   * @param applicable the places of the rules that are for the devices
   * @param names the set's variables
   * @param defaults their values where a device says nothing else; NaN for none
   */
  RequiredInputs(PatternEvaluator rules, BitSet applicable, List<String> names, double[] defaults) {
    applicable.stream()
        .mapToObj(rules.rules()::get)
        .forEach(
            rule ->
                rule.names()
                    .forEach(
                        name ->
                            patternsOf.computeIfAbsent(name, n -> new TreeSet<>()).add(rule.id())));
    this.variables = new Wanted[defaults.length];
    Arrays.setAll(
        variables,
        i ->
            new Wanted(
                names.get(i),
                rules.range(names.get(i)),
                defaults[i],
                patternsThatUse(names.get(i))));
  }

  /** The patterns that need a field or attribute. */
  Set<String> patternsThatUse(String name) {
    return patternsOf.getOrDefault(name, Set.of());
  }

  /** The names that any pattern needs. */
  Set<String> names() {
    return patternsOf.keySet();
  }

  /** The variables' values for devices that send no field of their names. */
  double[] constants(Attributes attributes) {
    double[] constants = new double[variables.length];
    Arrays.setAll(constants, i -> variables[i].value(attributes));
    return constants;
  }

  /**
   * What can be said of a nameplate.
   *
   * @param slots by variable, not negative where the device sends a field of its name
   */
  NameplateCheck nameplate(Attributes attributes, int[] slots) {
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < variables.length; i++) {
      if (slots[i] < 0 && !variables[i].patterns().isEmpty()) {
        wanted.add(variables[i]);
      }
    }
    return NameplateCheck.of(attributes, wanted);
  }
}
