package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.expression.ExpressionCompiler;
import io.motorwatch.patterns.expression.ExpressionException;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.Collection;
import java.util.Optional;

/** Compiles the expressions of a file; their faults are reported with a place in the file. */
final class ExpressionParser {

  private ExpressionParser() {}

  static Optional<Expression> number(
      Scalar scalar, VariableTable variables, Collection<Problem> problems) {
    VariableLimit limit = VariableLimit.before(variables);
    try {
      Expression expression = new ExpressionCompiler(variables).compileNumber(scalar.text());
      limit.check(scalar.position(), problems);
      return Optional.of(expression);
    } catch (ExpressionException e) {
      problems.add(
          new Problem(
              place(scalar, e),
              "in the expression '" + scalar.text() + "': " + e.getMessage() + cutOff(scalar)));
      return Optional.empty();
    }
  }

  /** Within braces, YAML ends a value at the comma between two arguments. */
  private static String cutOff(Scalar scalar) {
    long open = scalar.text().chars().filter(letter -> letter == '(').count();
    long closed = scalar.text().chars().filter(letter -> letter == ')').count();
    return scalar.plain() && open > closed
        ? "; within {…} a comma ends the value: put the expression in quotes"
        : "";
  }

  /** Exact for expressions on one line; the start of the expression for others. */
  private static Position place(Scalar scalar, ExpressionException fault) {
    Position start = scalar.position();
    if (fault.line() > 1 || scalar.text().contains("\n")) {
      return start;
    }
    int quote = scalar.plain() ? 0 : 1;
    return new Position(start.line(), start.column() + quote + fault.column() - 1);
  }
}
