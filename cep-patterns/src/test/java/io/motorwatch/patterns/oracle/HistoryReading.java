package io.motorwatch.patterns.oracle;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.Map;

/**
 * A reading of the history.
 *
 * @param values by field; a field that is missing is not known at that time
 * @param set the pattern set in force
 */
public record HistoryReading(
    long at, Map<String, Double> values, Attributes attributes, PatternSet set) {

  /** A field, else an attribute, else the file's default, else NaN. */
  double variable(String name) {
    if (values.containsKey(name)) {
      return values.get(name);
    }
    if (attributes.numbers().containsKey(name)) {
      return attributes.numbers().get(name);
    }
    return set.defaults().getOrDefault(name, Double.NaN);
  }

  double[] variables() {
    return set.variables().names().stream().mapToDouble(this::variable).toArray();
  }
}
