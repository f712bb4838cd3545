package io.motorwatch.patterns.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.oracle.RandomFile;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** An editor never underlines what the job accepts, and underlines what it can know to be wrong. */
class PatternSchemaTest {

  private static final long SEED = Long.getLong("schema.seed", 42);
  private static final int MUTANTS = Integer.getInteger("schema.mutants", 6_000);
  private static final Path SHIPPED = Path.of("../conf/patterns.yaml");

  private final EditorValidation editor;

  PatternSchemaTest() throws Exception {
    editor = new EditorValidation();
  }

  private static boolean parses(String file) {
    try {
      PatternFileParser.parse(file);
      return true;
    } catch (InvalidFileException e) {
      return false;
    }
  }

  private boolean pleases(String file) {
    try {
      return editor.complaints(file).isEmpty();
    } catch (YamlEngineException e) {
      return false;
    }
  }

  /** Whole files within the tests of this module. */
  private static List<String> filesOfTests() throws Exception {
    Pattern block = Pattern.compile("\"\"\"\n(.*?)\"\"\"", Pattern.DOTALL);
    List<String> files = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      for (Path source : sources.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        Matcher found = block.matcher(Files.readString(source));
        while (found.find()) {
          files.add(found.group(1).stripIndent());
        }
      }
    }
    return files.stream().filter(PatternSchemaTest::parses).toList();
  }

  @Test
  void theShippedFileNamesTheSchemaForEditorsAndFollowsIt() throws Exception {
    String shipped = Files.readString(SHIPPED);
    assertThat(shipped.lines().findFirst())
        .contains("# yaml-language-server: $schema=patterns.schema.json");
    assertThat(editor.complaints(shipped)).isEmpty();
  }

  @Test
  void theGoodFilesOfAllTestsFollowTheSchema() throws Exception {
    List<String> good = filesOfTests();
    assertThat(good).hasSizeGreaterThan(5);
    assertThat(good).allSatisfy(file -> assertThat(editor.complaints(file)).as(file).isEmpty());
    assertThatCode(() -> PatternFileParser.parse(FileWithEveryKey.FILE)).doesNotThrowAnyException();
    assertThat(editor.complaints(FileWithEveryKey.FILE)).isEmpty();
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "motorwatch/v1 | motorwatch/v2",
        "version: 7 | version: seven",
        "version: 7 | version: 7.5",
        "version: 7 | version: -1",
        "version: 7 | versoin: 7",
        "poles: 4 | poles: four",
        "above: 1.2 | above: high",
        "above: 1.2 | abov: 1.2",
        "above: 1.2, | ''",
        "below: 5, | below: 5, above: 9,",
        "value: temperature, | ''",
        "max-gap: 10s | max-gap: 10",
        "max-gap: 10s | max-gap: 0s",
        "while: STOP | while: FAST",
        "while: [RUN, START] | while: [RUN, FAST]",
        "s1: | silent:",
        "p1: | p 1:",
        "severity: MAJOR | severity: GRAVE",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, for: 30, times: 2}",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, times: 21}",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, times: 0}",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, off: s1}",
        "- {on: s0, for: 30s, times: 2} | - {for: 30s}",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, within: 5s}",
        "- {on: s0, for: 30s, times: 2} | - {on: s0, not: {on: s1}}",
        "- {on: s0, for: 30s, times: 2} | - {on: [s0]}",
        "- {on: s0, for: 30s, times: 2} | - {all: s0}",
        "- {on: s0, for: 30s, times: 2} | - {all: []}",
        "- {on: s0, for: 30s, times: 2} | - s0",
        "- {alarm: p1} | - {alarm: p1, for: 3s}",
        "- {state: STOP} | - {state: OFF}",
        "not: {alarm: p1, for: 2s} | not: {alarm: p1, times: 2}",
        "{off: s1}] | {off: s1, for: 2s}]",
        "[{on: silent}] | []",
        "[{on: silent}] | {on: silent}",
        "sequence: [{on: silent}] | severity: MAJOR",
        "clear: {off: s0, for: 0s} | clear: {for: 0s}",
        "clear: {off: s0, for: 0s} | clear: {off: s0, within: 3s}",
        "{after: 2m, severity: CRITICAL} | {after: 2m}",
        "{after: 2m, severity: CRITICAL} | {after: 2m, severity: Critical}",
        "[{after: 2m, severity: CRITICAL}] | {after: 2m, severity: CRITICAL}",
        "re-alarm: 1h | re-alarm: hourly",
        "latch: true | latch: maybe",
        "more-than: 5 | more-than: 0",
        "more-than: 5, | ''",
        "report: {excess: current - 10} | report: {excess: [current]}",
        "command: {action: stop, ramp: [1, 2.5]} | command: [stop]",
        "command: {action: stop, ramp: [1, 2.5]} | command: {}",
        "[pump, 7] | [{pump: 7}]",
        "plant/motor-18: {signals: {s0: {below: 3}}} | plant/motor-18: {levels: {s0: {below: 3}}}",
        "plant/motor-18: {signals: {s0: {below: 3}}} | plant/motor-18: {signals: {s0: {below: 3, above: 4}}}",
        "plant/motor-18: {signals: {s0: {below: 3}}} | plant/motor-18: {signals: {s0: {value: current}}}",
      })
  void aFaultThatASchemaCanKnowIsUnderlinedAndRefused(String from, String to) {
    assertThat(FileWithEveryKey.FILE).contains(from);
    String faulty = FileWithEveryKey.FILE.replace(from, to);
    assertThat(parses(faulty)).as("the parser accepts").isFalse();
    assertThat(editor.complaints(faulty)).isNotEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{on: s0, for: 30s | {on: s9, for: 30s | the name of a signal there is not",
        "- {alarm: p1} | - {alarm: p9} | the name of a pattern there is not",
        "[{on: silent}] | [{alarm: p0}] | patterns that wait for each other",
        "value: temperature | value: temperature + | an expression that is none",
        "value: temperature | value: temperature > 3 | an expression that gives no number",
        "reset: 1.1 | reset: 1.3 | a reset on the wrong side of its level",
        "max-gap: 10s | max-gap: 36501d | a duration of more than a hundred years",
        "s0: {above: 1.3 | s9: {above: 1.3 | the override of a signal there is not",
        "title: A title | title: &a A title | nothing: an anchor alone is harmless",
      })
  void whatTheParserAloneCanKnowIsLeftToIt(String from, String to, String what) {
    assertThat(FileWithEveryKey.FILE).contains(from);
    String faulty = FileWithEveryKey.FILE.replace(from, to);
    assertThat(parses(faulty)).isEqualTo(what.startsWith("nothing"));
    assertThat(editor.complaints(faulty)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "root | version: 7 | version: 7\\nbogus: 1",
        "signal | below: 5 | below: 5, bogus: 1",
        "level | below: 3 | below: 3, bogus: 1",
        "pattern | latch: true | bogus: true",
        "step | {state: STOP} | {state: STOP, bogus: 1}",
        "absent | {alarm: p1, for: 2s} | {alarm: p1, bogus: 1}",
        "clear | for: 0s | bogus: 1",
        "condition | {state: RUN} | {state: RUN, bogus: 1}",
        "escalation | after: 2m | after: 2m, bogus: 1",
        "flapping | more-than: 5 | more-than: 5, bogus: 1",
      })
  void schemaAndParserKnowTheSameKeys(String definition, String from, String to) {
    assertThat(FileWithEveryKey.FILE).contains(from);
    String faulty = FileWithEveryKey.FILE.replace(from, to.replace("\\n", "\n"));
    InvalidFileException refused =
        catchThrowableOfType(InvalidFileException.class, () -> PatternFileParser.parse(faulty));
    assertThat(refused).isNotNull();
    Matcher known =
        Pattern.compile("unknown key 'bogus'.*; known: (.*)").matcher(refused.getMessage());
    assertThat(known.find()).as(refused.getMessage()).isTrue();
    JsonNode object =
        definition.equals("root")
            ? editor.definition()
            : editor.definition().at("/definitions/" + definition);
    TreeSet<String> inSchema = new TreeSet<>();
    object.get("properties").fieldNames().forEachRemaining(inSchema::add);
    assertThat(inSchema).isEqualTo(new TreeSet<>(Arrays.asList(known.group(1).split(", "))));
  }

  @Test
  void theSchemaNeverRefusesWhatTheParserAccepts() throws Exception {
    Random random = new Random(SEED);
    PatternFileMutants mutants = new PatternFileMutants(random);
    List<String> good = new ArrayList<>(filesOfTests());
    int accepted = 0;
    int refusedByBoth = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String file =
          switch (i % 3) {
            case 0 -> FileWithEveryKey.FILE;
            case 1 -> RandomFile.next(random);
            default -> good.get(random.nextInt(good.size()));
          };
      String mutant = mutants.of(file);
      if (parses(mutant)) {
        accepted++;
        assertThat(editor.complaints(mutant)).as("seed " + SEED + ": " + mutant).isEmpty();
      } else if (!pleases(mutant)) {
        refusedByBoth++;
      }
    }
    assertThat(accepted).as("accepted").isGreaterThan(MUTANTS / 20);
    assertThat(refusedByBoth).as("refused by both").isGreaterThan(MUTANTS / 2);
  }
}
