package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.VariableTable;
import java.util.List;
import java.util.Map;

/**
 * The signals and patterns of a pattern file that has been checked.
 *
 * @param version stamped on every alarm
 * @param defaults attribute values for devices that have not published the attribute
 * @param signals by name
 * @param patterns each behind the patterns whose alarms it waits for
 * @param variables the names its expressions read
 */
public record PatternSet(
    long version,
    Map<String, Double> defaults,
    Map<String, SignalDefinition> signals,
    List<PatternDefinition> patterns,
    VariableTable variables) {

  /** The ids of patterns whose alarms send a command to the device. */
  public List<String> withCommand() {
    return patterns.stream()
        .filter(pattern -> !pattern.notification().command().isEmpty())
        .map(PatternDefinition::id)
        .toList();
  }
}
