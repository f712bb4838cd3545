package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Suggestion;
import java.util.List;

/**
 * All severities, lowest first: those of X.733 and the usual bands of OPC UA, and INFO for what is
 * no fault.
 */
final class Severities {

  static final List<String> ALL = List.of("INFO", "WARNING", "MINOR", "MAJOR", "CRITICAL");
  static final String DEFAULT = "WARNING";

  private Severities() {}

  /** The severity of a mapping, or the default; reports an unknown one. */
  static String of(MappingReader fields) {
    String given = fields.text("severity").orElse(DEFAULT);
    if (!ALL.contains(given)) {
      fields.problem(
          fields.positionOf("severity"),
          "'"
              + given
              + "' is no severity: "
              + String.join(", ", ALL)
              + Suggestion.among(ALL, given));
    }
    return given;
  }
}
