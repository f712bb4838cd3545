package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which patterns are not evaluated for a device, since it has something they need neither as a
 * field nor on its nameplate, and the file has no default. For one thread; must be closed.
 */
public final class MissingInputs implements AutoCloseable {

  private final PatternEvaluator evaluator;

  /**
   * @param text the file the set was read from
   */
  public MissingInputs(PatternSet set, String text) throws Exception {
    this.evaluator = new PatternEvaluator(set, text, SingleDeviceEvaluator.noTask());
  }

  /**
   * What is missing, and the patterns that need it; also attributes by which a pattern chooses its
   * devices and of which the nameplate says nothing.
   *
   * @param fields the names of all fields the device sends
   */
  public Map<String, Set<String>> of(
      DeviceId device, Attributes attributes, Collection<String> fields) {
    FieldLayout layout = FieldLayout.of(fields.toArray(String[]::new));
    Map<String, Set<String>> missing =
        new TreeMap<>(evaluator.profileOf(device, attributes, layout).missing());
    for (CompiledPattern pattern : evaluator.patterns()) {
      if (!pattern.appliesTo(attributes)) {
        for (String name : pattern.definition().appliesTo().keySet()) {
          if (!attributes.texts().containsKey(name) && !attributes.numbers().containsKey(name)) {
            Set<String> patterns = new TreeSet<>(missing.getOrDefault(name, Set.of()));
            patterns.add(pattern.id());
            missing.put(name, patterns);
          }
        }
      }
    }
    return missing;
  }

  @Override
  public void close() throws Exception {
    evaluator.close();
  }
}
