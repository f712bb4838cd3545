package io.motorwatch.patterns.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates the YAML engine's errors into messages for the person who writes the file. */
final class YamlErrorText {

  private static final String GENERAL =
      "not YAML: check indentation, quotes, colons and brackets here and on the line before";

  /** By a part of the engine's message. */
  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("(TAB)", "not YAML: a tab, where only spaces may indent");
    KNOWN.put(
        "that cannot start any token", "not YAML: no value begins like this; put it in quotes");
    KNOWN.put(
        "mapping values are not allowed",
        "not YAML: a colon where none can be; put the value in quotes, or check the indentation");
    KNOWN.put(
        "could not find expected ':'", "not YAML: a key without a colon and a space behind it");
    KNOWN.put("mapping keys are not allowed", "not YAML: a key where none can be");
    KNOWN.put(
        "sequence entries are not allowed",
        "not YAML: a list's dash where none can be; put it on a line of its own");
    KNOWN.put("unexpected end of stream", "not YAML: the file ends within quotes");
    KNOWN.put("unexpected document separator", "not YAML: --- or ... within quotes");
    KNOWN.put(
        "unknown escape character",
        "not YAML: an unknown escape within double quotes; write a backslash twice");
    KNOWN.put("expected escape sequence", "not YAML: an escape that is not complete");
    KNOWN.put("',' or '}'", "not YAML: a comma is missing, or a brace is opened and not closed");
    KNOWN.put("',' or ']'", "not YAML: a comma is missing, or a bracket is opened and not closed");
    KNOWN.put(
        "expected <block end>",
        "not YAML: this line is indented otherwise than those it belongs to");
    KNOWN.put("another document", "more than one YAML document: leave out what follows ---");
    KNOWN.put("special characters", "a control character, which YAML does not allow");
    KNOWN.put("duplicate key", "not YAML: a key stands here a second time");
  }

  private YamlErrorText() {}

  static String of(@Nullable String problem) {
    if (problem != null) {
      for (Map.Entry<String, String> known : KNOWN.entrySet()) {
        if (problem.contains(known.getKey())) {
          return known.getValue();
        }
      }
    }
    return GENERAL;
  }
}
