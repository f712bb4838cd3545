package io.motorwatch.tools.patterntest;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A file of tests of a pattern file. */
public final class PatternTestFile {

  private static final long EVERY_MS = 1_000;
  private static final long SILENT_AFTER_MS = 60_000;

  private final String patterns;
  private final List<PatternTest> tests;
  private final NameReferences names;

  private static final DeviceId NO_DEVICE = new DeviceId("test", "device");

  private PatternTestFile(String patterns, List<PatternTest> tests, NameReferences names) {
    this.patterns = patterns;
    this.tests = tests;
    this.names = names;
  }

  /** The pattern file, as the test file names it. */
  public String patterns() {
    return patterns;
  }

  public List<PatternTest> tests() {
    return tests;
  }

  /**
   * Checks the names of the tests against the pattern file under test.
   *
   * @throws InvalidFileException with every name of this file that the pattern file does not have
   */
  public void check(PatternSet set) throws InvalidFileException {
    names.check(set);
  }

  /**
   * Reads a test file.
   *
   * @throws InvalidFileException with every fault found
   */
  public static PatternTestFile parse(String text) throws InvalidFileException {
    List<Problem> problems = new ArrayList<>();
    MappingReader file = MappingReader.of(YamlReader.read(text), "a test file", problems);
    String patterns = file.text("patterns").orElse("");
    if (patterns.isEmpty()) {
      file.problem(file.position(), "patterns is missing: the pattern file to be tested");
    }
    NameReferences names = new NameReferences();
    List<PatternTest> tests = new ArrayList<>();
    for (YamlNode node : file.list("tests")) {
      tests.add(test(node, names, problems));
    }
    if (tests.isEmpty()) {
      file.problem(file.position(), "tests is missing: at least one");
    }
    file.finish();
    if (!problems.isEmpty()) {
      throw new InvalidFileException(problems);
    }
    return new PatternTestFile(patterns, List.copyOf(tests), names);
  }

  private static PatternTest test(YamlNode node, NameReferences names, List<Problem> problems) {
    MappingReader fields = MappingReader.of(node, "a test", problems);
    String name = fields.text("name").orElse("");
    if (name.isEmpty()) {
      fields.problem(fields.position(), "a test needs a name");
    }
    long every = fields.duration("every", 1).orElse(EVERY_MS);
    long silentAfter = fields.duration("silent-after", 1).orElse(SILENT_AFTER_MS);
    DeviceId device = device(fields);
    Attributes attributes = attributes(fields, problems);
    Map<String, double[]> series = series(fields, every, names, problems);
    List<Scalar> compared = fields.scalars("of");
    compared.forEach(names::pattern);
    Set<String> of = compared.stream().map(Scalar::text).collect(Collectors.toUnmodifiableSet());
    List<ExpectedAlarm> alarms = new ArrayList<>();
    if (!fields.has("alarms")) {
      fields.problem(fields.position(), "alarms is missing: [] where none is expected");
    }
    for (YamlNode alarm : fields.list("alarms")) {
      alarms.add(ExpectedAlarmParser.parse(alarm, names, problems));
    }
    fields.finish();
    return new PatternTest(
        name, device, attributes, every, silentAfter, series, of, List.copyOf(alarms));
  }

  /** As overrides name it: {@code device} or {@code site/device}. */
  private static DeviceId device(MappingReader test) {
    String text = test.text("device").orElse("");
    if (text.isEmpty() && !test.has("device")) {
      return NO_DEVICE;
    }
    if (!text.matches("([^/+#]+/)?[^/+#]+")) {
      test.problem(test.positionOf("device"), "device must be a device or site/device");
      return NO_DEVICE;
    }
    return text.contains("/") ? DeviceId.ofPath(text) : new DeviceId(DeviceId.DEFAULT_SITE, text);
  }

  private static Attributes attributes(MappingReader test, List<Problem> problems) {
    Map<String, Double> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    YamlNode node = test.node("attributes");
    if (node != null) {
      MappingReader fields = MappingReader.of(node, "attributes", problems);
      for (String name : fields.named().keySet()) {
        fields
            .scalar(name)
            .ifPresent(
                value -> {
                  try {
                    numbers.put(name, Double.parseDouble(value.text()));
                  } catch (NumberFormatException e) {
                    texts.put(name, value.text());
                  }
                });
      }
    }
    return new Attributes(numbers, texts, Map.of());
  }

  private static Map<String, double[]> series(
      MappingReader test, long every, NameReferences names, List<Problem> problems) {
    Map<String, double[]> series = new LinkedHashMap<>();
    YamlNode node = test.node("series");
    if (node == null) {
      test.problem(test.position(), "series is missing: the values of each field");
      return series;
    }
    MappingReader fields = MappingReader.of(node, "series", problems);
    for (String name : fields.named().keySet()) {
      names.field(new Scalar(name, true, fields.keyPosition(name)));
      fields
          .scalar(name)
          .ifPresent(
              text -> {
                try {
                  series.put(name, SeriesParser.parse(text.text(), every));
                } catch (IllegalArgumentException e) {
                  fields.problem(text.position(), String.valueOf(e.getMessage()));
                }
              });
    }
    return series;
  }
}
