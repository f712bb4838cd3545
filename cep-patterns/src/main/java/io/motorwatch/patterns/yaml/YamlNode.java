package io.motorwatch.patterns.yaml;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A node of a YAML (or JSON) document with its place. */
public sealed interface YamlNode {

  Position position();

  /** The name of this kind of node in messages. */
  String kind();

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param plain whether it was written without quotes, so that {@code 5} is a number and {@code
   *     "5"} is not
   */
  record Scalar(String text, boolean plain, Position position) implements YamlNode {
    /** As YAML 1.2's core schema has them. */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    public boolean isNull() {
      return plain && NULLS.contains(text);
    }

    /**
     * The finite decimal number it is, or nothing. (Java's own parser also accepts {@code 1d} and
     * {@code NaN}.)
     */
    public OptionalDouble number() {
      if (!text.matches("[+-]?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][+-]?\\d{1,3})?")) {
        return OptionalDouble.empty();
      }
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, Position position) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping, in the order written; keys are always text. */
  record Mapping(Map<Scalar, YamlNode> entries, Position position) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
