package io.motorwatch.patterns.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionCompilerTest {

  private static double evaluate(String text) throws Exception {
    VariableTable table = new VariableTable();
    table.indexOf("a");
    table.indexOf("b");
    Expression expression = new ExpressionCompiler(table).compileNumber(text);
    double[] variables = new double[table.names().size()];
    Arrays.fill(variables, Double.NaN);
    variables[0] = 6;
    variables[1] = 4;
    return expression.evaluate(variables);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a + b ; 10",
        "a - b * 2 ; -2",
        "(a / b - 1.0) * 100.0 ; 50",
        "-a ; -6",
        "2 * a ; 12",
        "a > b ? 1.0 : 0.0 ; 1",
        "a > b && !(a < b) ? a : b ; 6",
        "a == 6 || b == 0 ? 7 : 8 ; 7",
        "max(a, b) - min(a, b) ; 2",
        "abs(b - a) ; 2",
        "sqrt(a * a + 3 * b * b - 20) ; 8",
        "1e3 / 2 ; 500",
      })
  void evaluates(String text, double expected) throws Exception {
    assertThat(evaluate(text)).isEqualTo(expected);
  }

  @Test
  void anUnknownVariableMakesTheResultUnknown() throws Exception {
    assertThat(evaluate("a + nowhere")).isNaN();
    assertThat(evaluate("nowhere > 3 ? 1.0 : 0.0")).isNaN();
  }

  @Test
  void aDecidedSideOfAnAndOrAnOrNeedsNotTheOther() throws Exception {
    assertThat(evaluate("a < b && nowhere > 1 ? 1.0 : 2.0")).isEqualTo(2);
    assertThat(evaluate("a > b || nowhere > 1 ? 1.0 : 2.0")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"a +", "a > b", "'text'", "[1, 2]", "a.b", "size(a)", "a in [1.0]", "a ? b"})
  void refuses(String text) {
    assertThatThrownBy(() -> evaluate(text)).isInstanceOf(ExpressionException.class);
  }
}
