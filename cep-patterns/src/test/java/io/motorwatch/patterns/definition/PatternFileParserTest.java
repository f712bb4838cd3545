package io.motorwatch.patterns.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternFileParserTest {

  private static final String GOOD =
      """
      apiVersion: motorwatch/v1
      version: 7
      defaults: {ratedCurrent: 10.0}
      signals:
        overcurrent:
          value: current / ratedCurrent
          above: 1.2
          while: [RUN]
      patterns:
        overload:
          ansi: "51"
          sequence:
            - on: overcurrent
              for: 30s
      """;

  private static List<String> faults(String text) {
    InvalidFileException refused =
        catchThrowableOfType(InvalidFileException.class, () -> PatternFileParser.parse(text));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  private static String withConditions(int each, int patterns) {
    StringBuilder file = new StringBuilder("apiVersion: motorwatch/v1\nversion: 1\nsignals:\n");
    for (int i = 0; i < 64; i++) {
      file.append("  s%d: {value: x, above: %d}\n".formatted(i, i));
    }
    file.append("patterns:\n");
    for (int p = 0; p < patterns; p++) {
      file.append("  p%d: {sequence: [{any: [\n".formatted(p));
      for (int i = 0; i < each; i++) {
        file.append("    {any: [s%d, s%d]},\n".formatted(i / 64, i % 64));
      }
      file.append("    s0]}]}\n");
    }
    return file.toString();
  }

  @Test
  void moreConditionsThanAReadingCanEvaluateAreRefusedWhereTheyBecomeTooMany() throws Exception {
    // Each has the any of all, 900 of two, and 64 signals: 965.
    assertThat(PatternFileParser.parse(withConditions(900, 2)).patterns()).hasSize(2);
    InvalidFileException refused =
        catchThrowableOfType(
            InvalidFileException.class, () -> PatternFileParser.parse(withConditions(900, 3)));
    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              // The third pattern begins in line 1873; its items up to 34 make 70.
              assertThat(problem.position().line()).isEqualTo(1874 + 35);
              assertThat(problem.position().column()).isEqualTo(16);
              assertThat(problem.message()).contains("more than 2000 conditions in the file");
            });
  }

  @Test
  void readsTheExampleAndFillsInDefaults() throws Exception {
    PatternSet set = PatternFileParser.parse(GOOD);
    assertThat(set.version()).isEqualTo(7);
    SignalLevel level = set.signals().get("overcurrent").level();
    assertThat(level.reset()).isEqualTo(1.2 * 0.96);
    assertThat(level.maxGapMs()).isEqualTo(10_000);
    PatternDefinition overload = set.patterns().get(0);
    assertThat(overload.identity().title()).isEqualTo("overload");
    assertThat(overload.lastStep().forMs()).isEqualTo(30_000);
  }

  @ParameterizedTest(name = "{0} becomes {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "above: 1.2 | abov: 1.2 | unknown key 'abov' (did you mean 'above'?)",
        "on: overcurrent | on: overcurent | line 13, column 13: unknown signal 'overcurent' (did you mean 'overcurrent'?)",
        "for: 30s | for: -30s | line 14, column 14: for must be a duration",
        "for: 30s | for: 30 | for must be a duration",
        "for: 30s | for: {count: 8} | line 14, column 14: for needs a duration, or count and of (readings)",
        "for: 30s | for: {count: 8, of: 7} | line 14, column 22: count must be at most of, 7",
        "for: 30s | for: {count: 8, of: 61} | line 14, column 29: of must be a whole number from 1 to 60",
        "for: 30s | for: {count: 8, off: 10} | unknown key 'off' (did you mean 'of'?)",
        "for: 30s | for: 36501d | for must be a duration such as 500ms, 30s, 15m, 24h or 30d, of at most 36500d",
        "for: 30s | for: 999999999999d | for must be a duration",
        "for: 30s | for: 0s | line 14, column 14: for must be longer than 0",
        "value: current / ratedCurrent | value: current / | in the expression 'current /'",
        "value: current / ratedCurrent | value: current > 3 | gives no number but true or false",
        "above: 1.2 | above: high | line 7, column 12: above must be a number, not 'high'",
        "while: [RUN] | reset: 1.3 | on the wrong side",
        "while: [RUN] | while: [FAST] | 'FAST' is no motor state",
        "while: [RUN] | max-gap: 0s | max-gap must be longer than 0",
        "version: 7 | version: 7.5 | version must be a whole number",
        "apiVersion: motorwatch/v1 | apiVersion: v2 | line 1, column 13: apiVersion must be motorwatch/v1",
        "- on: overcurrent | - alarm: overload | it takes no for",
        "ansi: \"51\" | sequenc: [] | unknown key 'sequenc'",
        "ansi: \"51\" | severity: MAJR | 'MAJR' is no severity: INFO, WARNING, MINOR, MAJOR, CRITICAL (did you mean 'MAJOR'?)",
        "ansi: \"51\" | latch: maybe | latch must be true or false",
        "ansi: \"51\" | re-alarm: 0s | re-alarm must be longer than 0",
        "ansi: \"51\" | flapping: {more-than: 3} | flapping needs more-than (raises) and within (a time)",
        "ansi: \"51\" | flapping: {more-than: 0, within: 1m} | more-than must be a whole number from 1 to 100",
        "ansi: \"51\" | command: {} | line 11, column 14: command must be a word or a mapping",
        "ansi: \"51\" | command: [stop] | line 11, column 14: command must be a word or a mapping",
        "ansi: \"51\" | command: \"\" | command must be a word or a mapping, such as {action: stop}",
        "ansi: \"51\" | comand: stop | unknown key 'comand' (did you mean 'command'?)",
      })
  void refusesWithTheReasonAndThePlace(String from, String to, String message) {
    assertThat(GOOD).contains(from);
    assertThat(faults(GOOD.replace(from, to))).anySatisfy(f -> assertThat(f).contains(message));
  }

  @Test
  void saysWhatToDoWhereACommaHasCutAnExpressionShort() {
    String flow =
        """
        apiVersion: motorwatch/v1
        version: 7
        signals:
          uneven: {value: unbalance(a, b, c), above: 0.2}
        patterns:
          p: {sequence: [{on: uneven}]}
        """;
    assertThat(faults(flow).get(0))
        .startsWith("line 4, column")
        .contains("in the expression 'unbalance(a'")
        .endsWith("within {…} a comma ends the value: put the expression in quotes");
    String broken = flow.replace("unbalance(a, b, c)", "a +");
    assertThat(faults(broken)).noneSatisfy(f -> assertThat(f).contains("quotes"));
  }

  @Test
  void refusesANotThatLastsNoTimeButClearsAtOnceWhereThatIsWanted() throws Exception {
    String second = "for: 30s\n      - {on: overcurrent, not: {off: overcurrent, for: 0s}}\n";
    assertThat(faults(GOOD.replace("for: 30s\n", second)))
        .singleElement()
        .asString()
        .contains("for must be longer than 0");
    String clear = GOOD + "    clear: {off: overcurrent, for: 0s}\n";
    assertThat(PatternFileParser.parse(clear).patterns()).hasSize(1);
  }

  @Test
  void reportsEveryFaultAtOnceInTheOrderOfTheFile() {
    String text = GOOD.replace("above: 1.2", "above: x").replace("for: 30s", "for: soon");
    assertThat(faults(text)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(faults(text).get(0)).startsWith("line 7");
  }

  @Test
  void refusesPatternsThatWaitForEachOther() {
    String text =
        """
        apiVersion: motorwatch/v1
        version: 1
        patterns:
          a: {sequence: [{alarm: b}]}
          b: {sequence: [{alarm: a}]}
        """;
    assertThat(faults(text)).singleElement().asString().contains("for its own alarm");
  }

  @Test
  void refusesWhatIsNoYamlWithItsPlace() {
    assertThat(faults("a: [1, 2\nb: }")).singleElement().asString().startsWith("line 2");
  }

  @Test
  void refusesAliasesWhichCouldBlowUp() {
    String message = "aliases are not supported: write the value out";
    assertThat(faults("a: &x [1]\nb: *x")).containsExactly("line 2, column 4: " + message);
    assertThat(faults("a: &x 1\nb: [2, *x]")).containsExactly("line 2, column 8: " + message);
    assertThat(faults("a: &x [*x]")).containsExactly("line 1, column 8: " + message);
  }

  @ParameterizedTest(name = "{0} is sent as {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stop | \"stop\"",
        "\"5\" | \"5\"",
        "{action: stop, ramp: 1.50, again: true, why: } | {\"action\":\"stop\",\"ramp\":1.50,\"again\":true,\"why\":null}",
        "{a: [05, +5, .5, 1e3, 0x1F, yes], b: {c: \"true\"}} | {\"a\":[5,5,0.5,1E+3,\"0x1F\",\"yes\"],\"b\":{\"c\":\"true\"}}",
        "{text: \"a\\\"b\\\\c\\n{value} µ 😀\"} | {\"text\":\"a\\\"b\\\\c\\u000a{value} µ \\ud83d\\ude00\"}",
      })
  void aCommandIsKeptAsWritten(String command, String json) throws Exception {
    String text = GOOD.replace("ansi: \"51\"", "command: " + command);
    PatternSet set = PatternFileParser.parse(text);
    assertThat(set.patterns().get(0).notification().command()).isEqualTo(json);
    assertThat(set.withCommand()).containsExactly("overload");
    assertThat(PatternFileParser.parse(GOOD).withCommand()).isEmpty();
  }

  @Test
  void refusesACommandThatIsLongerThanADeviceTakes() throws Exception {
    String most = "x".repeat(4094);
    assertThat(
            PatternFileParser.parse(GOOD.replace("ansi: \"51\"", "command: " + most)).withCommand())
        .hasSize(1);
    assertThat(faults(GOOD.replace("ansi: \"51\"", "command: x" + most)))
        .containsExactly(
            "line 11, column 14: command is 4097 characters of JSON long, at most 4096");
  }

  @Test
  void takesJsonToo() throws Exception {
    String json =
        """
        {"apiVersion":"motorwatch/v1","version":2,
         "signals":{"hot":{"value":"temperature","above":80}},
         "patterns":{"a":{"sequence":[{"on":"hot","for":"5s"}]}}}
        """;
    assertThat(PatternFileParser.parse(json).version()).isEqualTo(2);
  }

  private static String withCalls(int calls) {
    StringBuilder file = new StringBuilder("apiVersion: motorwatch/v1\nversion: 1\nsignals:\n");
    for (int i = 1; i <= calls; i++) {
      file.append("  s%d: {value: \"mean(x, %ds) + mean(x, %ds)\", above: 1}\n".formatted(i, i, i));
    }
    return file.append("patterns: {p: {sequence: [{on: s1}]}}\n").toString();
  }

  @Test
  void moreStatefulFunctionsThanADeviceShouldKeepAreRefusedOnceWhereTheyBecomeTooMany()
      throws Exception {
    assertThat(PatternFileParser.parse(withCalls(64)).variables().functionCalls()).hasSize(64);
    assertThat(faults(withCalls(80)))
        .singleElement()
        .asString()
        .startsWith("line 68, column 16: more than 64 distinct calls");
  }

  private static String withVariables(int inExpressions, int inMessage) {
    StringBuilder file = new StringBuilder("apiVersion: motorwatch/v1\nversion: 1\nsignals:\n");
    for (int i = 0; i < inExpressions; i++) {
      file.append("  s%d: {value: x%d / rated, above: 1}\n".formatted(i, i));
    }
    file.append("patterns:\n  p:\n    sequence: [{on: s0}]\n    message: ");
    for (int i = 0; i < inMessage; i++) {
      file.append("of {y%d} and {x0}".formatted(i));
    }
    return file.append('\n').toString();
  }

  @Test
  void moreVariablesThanAReadingShouldLookUpAreRefusedOnceWhereTheyBecomeTooMany()
      throws Exception {
    assertThat(PatternFileParser.parse(withVariables(200, 799)).variables().size())
        .isEqualTo(1_000);
    assertThat(faults(withVariables(200, 800)))
        .singleElement()
        .asString()
        .startsWith("line 207, column 14: more than 1000 variables in the file");
  }

  @ParameterizedTest
  @CsvSource({"20, 18, true", "20, 19, false"})
  void theStepsOfAPatternHappenAtMostFortyTimesTogether(int first, int second, boolean fits)
      throws Exception {
    String file =
        GOOD
            + "      - {on: overcurrent, times: %d}\n      - {on: overcurrent, times: %d}\n      - on: overcurrent\n"
                .formatted(first, second);
    if (fits) {
      assertThat(PatternFileParser.parse(file).patterns()).hasSize(1);
    } else {
      assertThat(faults(file))
          .containsExactly(
              "line 13, column 7: the steps of a pattern happen at most 40 times together (each its"
                  + " times, 1 where not given), not 41");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ratedCurrent: 0", "ratedPower: -1", "nominal: 0", "tripClass: 0", "k: 0"})
  void aDefaultByWhichNothingCanBeDividedIsRefused(String fault) {
    assertThatThrownBy(() -> PatternFileParser.parse(withDefault(fault)))
        .hasMessageContaining("line 3, column ")
        .hasMessageContaining(
            fault.startsWith("rated") || fault.startsWith("tripClass")
                ? "must be greater than 0"
                : "must not be 0: an expression divides by it");
  }

  @Test
  void aDefaultByWhichIsDividedMayBeNegative() throws Exception {
    assertThat(PatternFileParser.parse(withDefault("nominal: -0.5")).defaults()).hasSize(1);
  }

  @Test
  void aDefaultThatIsOnlySubtractedMayBeNothing() throws Exception {
    assertThat(PatternFileParser.parse(withDefault("offset: 0")).defaults()).hasSize(1);
  }

  private static String withDefault(String entry) {
    return """
        apiVersion: motorwatch/v1
        version: 1
        defaults: {%s}
        signals:
          a: {value: (current - offset) / (nominal * k), above: 1}
          b: {value: "thermal(current, ratedCurrent, tripClass)", above: 1}
          c: {value: ratedPower * 2, above: 1}
        patterns: {p: {sequence: [{any: [a, b, c]}]}}
        """
        .formatted(entry);
  }
}
