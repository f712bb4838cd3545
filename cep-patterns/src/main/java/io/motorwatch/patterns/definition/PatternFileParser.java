package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.AttributeRange;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses a pattern file (YAML or JSON) and checks all that can be checked without a device. All
 * faults are reported at once, each with its line and column.
 */
public final class PatternFileParser {

  public static final String API_VERSION = "motorwatch/v1";

  /** Limits, since files arrive over the network too. */
  private static final int MAX_SIGNALS = 256;

  private static final int MAX_PATTERNS = 256;

  /** Names of signals and patterns become InfluxDB tags and MQTT topic levels. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private final List<Problem> problems = new ArrayList<>();
  private final VariableTable variables = new VariableTable();

  private PatternFileParser() {}

  /**
   * The pattern set a text describes.
   *
   * @throws InvalidFileException with every fault found
   */
  public static PatternSet parse(String text) throws InvalidFileException {
    YamlNode root = YamlReader.read(text);
    PatternFileParser parser = new PatternFileParser();
    PatternSet set = parser.patternSet(root);
    if (!parser.problems.isEmpty()) {
      throw new InvalidFileException(parser.problems);
    }
    return set;
  }

  private PatternSet patternSet(YamlNode root) {
    MappingReader file = MappingReader.of(root, "a pattern file", problems);
    checkApiVersion(file);
    long version = file.whole("version", 0, 1L << 53).orElse(0);
    if (!file.has("version")) {
      file.problem(
          file.position(), "version is missing: a whole number that grows with every change");
    }
    Map<String, Double> defaults = defaults(file);
    Map<String, SignalDefinition> signals = signals(file);
    List<PatternDefinition> patterns = patterns(file, signals);
    checkDefaults(file, defaults);
    file.finish();
    return new PatternSet(version, defaults, signals, patterns, variables);
  }

  private void checkApiVersion(MappingReader file) {
    String found = file.text("apiVersion").orElse("");
    if (!found.equals(API_VERSION)) {
      file.problem(
          file.positionOf("apiVersion"),
          "apiVersion must be " + API_VERSION + (found.isEmpty() ? "" : ", not '" + found + "'"));
    }
  }

  private Map<String, Double> defaults(MappingReader file) {
    Map<String, Double> defaults = new LinkedHashMap<>();
    YamlNode node = file.node("defaults");
    if (node != null) {
      MappingReader fields = MappingReader.of(node, "defaults", problems);
      for (String name : fields.named().keySet()) {
        OptionalDouble value = fields.number(name);
        value.ifPresent(number -> defaults.put(name, number));
      }
    }
    return defaults;
  }

  /** To be called after all expressions are compiled. */
  private void checkDefaults(MappingReader file, Map<String, Double> defaults) {
    YamlNode node = file.node("defaults");
    if (node == null) {
      return;
    }
    MappingReader fields = MappingReader.of(node, "defaults", new ArrayList<>());
    defaults.forEach(
        (name, value) -> {
          AttributeRange range = variables.range(name);
          if (!range.accepts(value)) {
            file.problem(
                fields.positionOf(name),
                "the default of "
                    + name
                    + " "
                    + range.rule()
                    + (range == AttributeRange.POSITIVE
                        ? ": it is a rating"
                        : ": an expression divides by it"));
          }
        });
  }

  private Map<String, SignalDefinition> signals(MappingReader file) {
    Map<String, SignalDefinition> signals = new LinkedHashMap<>();
    YamlNode node = file.node("signals");
    if (node == null) {
      return signals;
    }
    MappingReader fields = MappingReader.of(node, "signals", problems);
    SignalParser parser = new SignalParser(variables, problems);
    Map<String, YamlNode> named = fields.named();
    if (named.size() > MAX_SIGNALS) {
      fields.problem(fields.position(), "at most " + MAX_SIGNALS + " signals, not " + named.size());
      return signals;
    }
    named.forEach(
        (name, definition) -> {
          checkName(name, fields);
          if (name.equals(StepParser.SILENT)) {
            fields.problem(
                fields.keyPosition(name),
                "the signal silent is built in (the device sends nothing): give this another name");
          }
          parser.parse(name, definition).ifPresent(signal -> signals.put(name, signal));
        });
    return signals;
  }

  /**
   * Includes signals with faults, which would otherwise be reported again wherever they are used.
   */
  private static Set<String> signalNames(MappingReader file) {
    return file.node("signals") instanceof YamlNode.Mapping mapping
        ? mapping.entries().keySet().stream().map(YamlNode.Scalar::text).collect(Collectors.toSet())
        : Set.of();
  }

  private List<PatternDefinition> patterns(
      MappingReader file, Map<String, SignalDefinition> signals) {
    YamlNode node = file.node("patterns");
    if (node == null) {
      file.problem(file.position(), "patterns is missing: at least one pattern");
      return List.of();
    }
    MappingReader fields = MappingReader.of(node, "patterns", problems);
    Map<String, YamlNode> named = fields.named();
    if (named.size() > MAX_PATTERNS) {
      fields.problem(
          fields.position(), "at most " + MAX_PATTERNS + " patterns, not " + named.size());
      return List.of();
    }
    PatternParser parser =
        new PatternParser(
            signals,
            new StepParser(signalNames(file), named.keySet(), problems),
            variables,
            problems);
    Map<String, PatternDefinition> patterns = new LinkedHashMap<>();
    named.forEach(
        (name, definition) -> {
          checkName(name, fields);
          parser.parse(name, definition).ifPresent(pattern -> patterns.put(name, pattern));
        });
    return PatternDependencyOrder.sort(patterns, name -> fields.keyPosition(name), problems);
  }

  private static void checkName(String name, MappingReader fields) {
    if (!NAME.matcher(name).matches()) {
      fields.problem(
          fields.keyPosition(name),
          "'" + name + "' is no name: letters, digits, '_', '-' and '.', at most 100 of them");
    }
  }
}
