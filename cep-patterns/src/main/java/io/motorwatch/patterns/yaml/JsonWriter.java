package io.motorwatch.patterns.yaml;

import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes a node as JSON (RFC 8259). Values without quotes that are decimal numbers, {@code true},
 * {@code false} or null stay so in JSON; everything else is text.
 */
public final class JsonWriter {

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  public static String write(YamlNode node) {
    JsonWriter writer = new JsonWriter();
    writer.node(node);
    return writer.out.toString();
  }

  private void node(YamlNode node) {
    if (node instanceof Mapping mapping) {
      String separator = "";
      out.append('{');
      for (Map.Entry<Scalar, YamlNode> entry : mapping.entries().entrySet()) {
        out.append(separator);
        text(entry.getKey().text());
        out.append(':');
        node(entry.getValue());
        separator = ",";
      }
      out.append('}');
    } else if (node instanceof Sequence sequence) {
      String separator = "";
      out.append('[');
      for (YamlNode item : sequence.items()) {
        out.append(separator);
        node(item);
        separator = ",";
      }
      out.append(']');
    } else if (node instanceof Scalar scalar) {
      scalar(scalar);
    }
  }

  private void scalar(Scalar scalar) {
    String text = scalar.text();
    if (scalar.isNull()) {
      out.append("null");
    } else if (scalar.plain() && (text.equals("true") || text.equals("false"))) {
      out.append(text);
    } else if (scalar.plain() && scalar.number().isPresent()) {
      // YAML allows numbers that JSON does not: +5, .5 and 05.
      out.append(new BigDecimal(text));
    } else {
      text(text);
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
