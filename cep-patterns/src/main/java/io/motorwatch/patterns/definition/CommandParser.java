package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.JsonWriter;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.YamlNode;

/** Reads what a device is told when an alarm is raised: a word, or a mapping of the plant's own. */
final class CommandParser {

  /** Characters of the JSON; a broker for small devices may take no more than a few thousand. */
  private static final int MAX_CHARACTERS = 4096;

  private CommandParser() {}

  /**
   * As JSON, exactly as written; empty where there is none, or one with a fault, which is noted.
   */
  static String parse(MappingReader pattern) {
    YamlNode node = pattern.node("command");
    if (node == null) {
      return "";
    }
    boolean says =
        node instanceof YamlNode.Scalar word
            ? !word.text().isBlank()
            : node instanceof YamlNode.Mapping members && !members.entries().isEmpty();
    if (!says) {
      pattern.problem(
          node.position(), "command must be a word or a mapping, such as {action: stop}");
      return "";
    }
    String json = JsonWriter.of(node);
    if (json.length() > MAX_CHARACTERS) {
      pattern.problem(
          node.position(),
          "command is " + json.length() + " characters of JSON long, at most " + MAX_CHARACTERS);
    }
    return json;
  }
}
