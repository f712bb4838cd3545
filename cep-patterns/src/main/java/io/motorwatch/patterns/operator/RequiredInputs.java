package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.operator.NameplateCheck.RequiredAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields and attributes that the patterns applicable to some devices read, by name and by
 * variable. Computed once for each selection of patterns and not for each device, since every
 * device may have its own nameplate. Immutable.
 */
final class RequiredInputs {

  private final Map<String, Set<String>> patternsOf = new TreeMap<>();
  private final RequiredAttribute[] variables;

  /**
   * @param applicable the indexes of the patterns that apply to the devices
   * @param names the file's variables
   * @param defaults their default values; NaN for none
   */
  RequiredInputs(
      PatternEvaluator evaluator, BitSet applicable, List<String> names, double[] defaults) {
    applicable.stream()
        .mapToObj(evaluator.patterns()::get)
        .forEach(
            pattern ->
                pattern
                    .inputs()
                    .forEach(
                        name ->
                            patternsOf
                                .computeIfAbsent(name, n -> new TreeSet<>())
                                .add(pattern.id())));
    this.variables = new RequiredAttribute[defaults.length];
    Arrays.setAll(
        variables,
        i ->
            new RequiredAttribute(
                names.get(i),
                evaluator.range(names.get(i)),
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

  /** The values of the variables for devices that send no field of that name. */
  double[] constants(Attributes attributes) {
    double[] constants = new double[variables.length];
    Arrays.setAll(constants, i -> variables[i].value(attributes));
    return constants;
  }

  /**
   * Checks a nameplate.
   *
   * @param slots by variable, not negative where the device sends a field of its name
   */
  NameplateCheck nameplate(Attributes attributes, int[] slots) {
    List<RequiredAttribute> required = new ArrayList<>();
    for (int i = 0; i < variables.length; i++) {
      if (slots[i] < 0 && !variables[i].patterns().isEmpty()) {
        required.add(variables[i]);
      }
    }
    return NameplateCheck.of(attributes, required);
  }
}
