package io.motorwatch.patterns.schema;

import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlNode.Sequence;
import io.motorwatch.patterns.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** Pattern files with one thing or another put elsewhere, left out, or written otherwise. */
final class PatternFileMutants {

  private static final String[] KEYS = {
    "apiVersion",
    "version",
    "defaults",
    "signals",
    "patterns",
    "value",
    "above",
    "below",
    "reset",
    "max-gap",
    "while",
    "title",
    "ansi",
    "severity",
    "sequence",
    "on",
    "off",
    "all",
    "any",
    "state",
    "alarm",
    "for",
    "times",
    "within",
    "not",
    "clear",
    "escalate",
    "after",
    "re-alarm",
    "latch",
    "flapping",
    "more-than",
    "message",
    "report",
    "command",
    "applies-to",
    "overrides",
    "s0",
    "p0",
    "silent",
    "5",
    "a b",
    "foo"
  };

  private static final String[] VALUES = {
    "",
    "~",
    "null",
    "5",
    "0",
    "-1",
    "1.5",
    "\"1.5\"",
    "+5",
    ".5",
    "1e3",
    "05",
    "7.0",
    "\"7\"",
    "21",
    "0x10",
    "true",
    "false",
    "\"true\"",
    "True",
    "yes",
    "30s",
    "0s",
    "\" 30s \"",
    "36501d",
    "RUN",
    "STOP",
    "MAJOR",
    "silent",
    "s0",
    "s1",
    "p0",
    "p1",
    "current",
    "current > 3",
    "[]",
    "{}",
    "[s0]",
    "[RUN]",
    "RUN",
    "[{on: s0}]",
    "[~]",
    "{on: s0}",
    "{off: s1, for: 2s}",
    "{on: s0, off: ~}",
    "{a: 1}",
    "{a: b}",
    "{a: {b: []}}",
    "{signals: {s0: ~}}",
    "{s0: {above: 2}}",
    "{value: current, above: 3}",
    "{sequence: [{on: silent}]}",
    "{after: 3s, severity: MINOR}"
  };

  /** Of a value that flow style would take apart, or for something else. */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\[\\]{},:#&*!|>'\"%@`?\\\\\n]|^-|^\\s|\\s$");

  private final Random random;

  PatternFileMutants(Random random) {
    this.random = random;
  }

  /** A file a little different. */
  String of(String file) throws InvalidFileException {
    YamlNode changed = YamlReader.read(file);
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      changed = change(changed, random.nextInt(size(changed)));
    }
    StringBuilder text = new StringBuilder();
    write(changed, text);
    return text.toString();
  }

  private static int size(YamlNode node) {
    return 1 + children(node).stream().mapToInt(PatternFileMutants::size).sum();
  }

  private static List<YamlNode> children(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return List.copyOf(mapping.entries().values());
    }
    return node instanceof Sequence sequence ? sequence.items() : List.of();
  }

  /** Changes the node of a number, counted from this one depth first. */
  private YamlNode change(YamlNode node, int which) throws InvalidFileException {
    if (which == 0) {
      return mutate(node);
    }
    int before = 1;
    if (node instanceof Mapping mapping) {
      Map<Scalar, YamlNode> entries = new LinkedHashMap<>();
      for (Map.Entry<Scalar, YamlNode> entry : mapping.entries().entrySet()) {
        entries.put(entry.getKey(), within(entry.getValue(), which - before));
        before += size(entry.getValue());
      }
      return new Mapping(entries, node.position());
    }
    List<YamlNode> items = new ArrayList<>();
    for (YamlNode item : children(node)) {
      items.add(within(item, which - before));
      before += size(item);
    }
    return new Sequence(items, node.position());
  }

  private YamlNode within(YamlNode node, int which) throws InvalidFileException {
    return which >= 0 && which < size(node) ? change(node, which) : node;
  }

  private YamlNode mutate(YamlNode node) throws InvalidFileException {
    if (node instanceof Mapping mapping && random.nextInt(4) > 0) {
      return mutateKeys(mapping);
    }
    if (node instanceof Sequence sequence && random.nextInt(4) > 0) {
      return mutateItems(sequence);
    }
    return value();
  }

  private YamlNode mutateKeys(Mapping mapping) throws InvalidFileException {
    int chosen = mapping.entries().isEmpty() ? -1 : random.nextInt(mapping.entries().size());
    int way = random.nextInt(3);
    Map<Scalar, YamlNode> entries = new LinkedHashMap<>();
    for (Map.Entry<Scalar, YamlNode> entry : mapping.entries().entrySet()) {
      boolean here = chosen-- == 0;
      if (!here || way == 2) {
        entries.put(entry.getKey(), entry.getValue());
      } else if (way == 1) {
        entries.put(key(mapping), entry.getValue());
      }
    }
    if (way == 2) {
      entries.put(key(mapping), value());
    }
    return new Mapping(entries, mapping.position());
  }

  private YamlNode mutateItems(Sequence sequence) throws InvalidFileException {
    List<YamlNode> items = new ArrayList<>(sequence.items());
    if (!items.isEmpty() && random.nextBoolean()) {
      items.remove(random.nextInt(items.size()));
    } else {
      YamlNode more =
          items.isEmpty() || random.nextBoolean()
              ? value()
              : items.get(random.nextInt(items.size()));
      items.add(random.nextInt(items.size() + 1), more);
    }
    return new Sequence(items, sequence.position());
  }

  private Scalar key(Mapping mapping) {
    return new Scalar(KEYS[random.nextInt(KEYS.length)], true, mapping.position());
  }

  private YamlNode value() throws InvalidFileException {
    String text = "v: " + VALUES[random.nextInt(VALUES.length)];
    return children(YamlReader.read(text)).get(0);
  }

  private static void write(YamlNode node, StringBuilder out) {
    if (node instanceof Mapping mapping) {
      String separator = "{";
      for (Map.Entry<Scalar, YamlNode> entry : mapping.entries().entrySet()) {
        out.append(separator);
        write(entry.getKey(), out);
        out.append(": ");
        write(entry.getValue(), out);
        separator = ", ";
      }
      out.append(mapping.entries().isEmpty() ? "{}" : "}");
    } else if (node instanceof Sequence sequence) {
      String separator = "[";
      for (YamlNode item : sequence.items()) {
        out.append(separator);
        write(item, out);
        separator = ", ";
      }
      out.append(sequence.items().isEmpty() ? "[]" : "]");
    } else if (node instanceof Scalar scalar) {
      boolean plain = scalar.plain() && !UNSAFE.matcher(scalar.text()).find();
      String text = scalar.text();
      out.append(
          plain
              ? (text.isEmpty() ? "~" : text)
              : "\""
                  + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                  + "\"");
    }
  }
}
