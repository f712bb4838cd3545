package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Suggestion;
import java.util.List;

/**
 * The severities there are, mildest first: those of X.733 and OPC UA's usual bands, with INFO for
 * what is no trouble.
 */
final class Severities {

  static final List<String> ALL = List.of("INFO", "WARNING", "MINOR", "MAJOR", "CRITICAL");
  static final String DEFAULT = "WARNING";

  private Severities() {}

  /** The severity a mapping gives, or the default; notes one that is none. */
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
