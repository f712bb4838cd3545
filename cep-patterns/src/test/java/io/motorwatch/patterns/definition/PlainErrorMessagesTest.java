package io.motorwatch.patterns.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.motorwatch.patterns.yaml.InvalidFileException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages do not depend on knowing which parsers read a file. */
class PlainErrorMessagesTest {

  private static final String INTERNALS =
      "(?is).*(snakeyaml|cel\\b|antlr|exception|overload|token|<block|<eof>|expecting|undeclared"
          + "|candidates|container|reader,|'reader'|scalar|simple key|\\(double|bool\\b|mapping values).*";

  private static String refusal(String file) {
    InvalidFileException refused =
        catchThrowableOfType(InvalidFileException.class, () -> PatternFileParser.parse(file));
    assertThat(refused).as(file).isNotNull();
    return String.valueOf(refused.getMessage());
  }

  private static String ofExpression(String expression) {
    return refusal(
        """
        apiVersion: motorwatch/v1
        version: 1
        signals: {s: {value: '%s', above: 1}}
        patterns: {p: {sequence: [{on: s}]}}
        """
            .formatted(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "\ta: 1",
        "a:\n\t- 1",
        "a: [1, 2",
        "a: {b: 1",
        "a: {b: 1]",
        "a: 'x",
        "a: \"x",
        "a: \"\\q\"",
        "a: \"\\u12\"",
        "- a\nb: 1",
        "a: 1\n b: 2",
        "a\nb: 1",
        "a: @x",
        "a: `x`",
        "a: %x",
        "%YAML 9",
        "--- a\n--- b",
        "a: *x",
        "a: &x",
        "a: !x!y z",
        "a: |9x",
        "a: - b",
        "? a\n? b: c: d",
        "a: \u0001",
        "a: 1\na: 2",
        "[1, 2]: 3",
        "{",
        "]",
        ",",
        "\"",
        "a: >z",
        "\0",
        "a: !<x",
        "key: [a, b: c: d]"
      })
  void ofNoYaml(String file) {
    assertThat(refusal(file)).contains("line ").doesNotMatch(INTERNALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a +",
        "a b",
        "(a",
        "a)",
        "a # b",
        "a + true",
        "a > 1 && b",
        "foo(a)",
        "min(a)",
        "min()",
        "abs(a, b)",
        "\"x\"",
        "a.b",
        "a[0]",
        "[a]",
        "a ? b : true",
        "a == \"x\"",
        "1 +* 2",
        "thermal(a)",
        "mean(a)",
        "a in b",
        "a.map(x, x)",
        "{a: b}",
        "!a",
        "-true",
        "a..b",
        "$a",
        "1e",
        "0x",
        "now()",
        "size(a)",
        "a &",
        "a = b",
        "null"
      })
  void ofNoExpression(String expression) {
    assertThat(ofExpression(expression)).contains("line 3, column ").doesNotMatch(INTERNALS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "min(a) | min takes 2 numbers, not a number",
        "foo(a) | there is no function foo; there are abs, deviation, learnedStartHeat, max",
        "a + true | '+' cannot be used with a number and true or false",
        "a b | 'b' cannot stand here",
        "(a | ')' is missing here",
        "a + | it ends too early"
      })
  void sayWhatIsWrongWithAnExpression(String expression, String words) {
    assertThat(ofExpression(expression)).contains(words);
  }
}
