package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.VariableTable;
import java.util.List;
import java.util.Map;

/**
 * A whole pattern file, checked.
 *
 * @param version stamped on every alarm
 * @param defaults attributes of devices that published none of that name
 * @param signals by name
 * @param patterns in an order in which each stands behind the patterns whose alarms it waits for
 * @param variables the names its expressions read
 */
public record PatternSet(
    long version,
    Map<String, Double> defaults,
    Map<String, SignalDefinition> signals,
    List<PatternDefinition> patterns,
    VariableTable variables) {

  /** The patterns that have something to tell a device. */
  public List<String> commanding() {
    return patterns.stream()
        .filter(pattern -> !pattern.telling().command().isEmpty())
        .map(PatternDefinition::id)
        .toList();
  }
}
