package io.motorwatch.patterns.expression;

import dev.cel.common.CelSource;
import dev.cel.common.ast.CelExpr;
import io.motorwatch.patterns.function.StatefulFunctions;
import io.motorwatch.patterns.function.StatefulFunctions.Parameter;
import io.motorwatch.patterns.function.TimeToTrip;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compiles a checked CEL expression to nested closures over primitive numbers. Names become indexes
 * of the variable table; so do the calls of stateful functions, which are computed before.
 */
final class ClosureCompiler {

  private final VariableTable variables;
  private final CelSource source;
  private final DurationLiterals durations;

  /**
   * @param source gives the place of each node in the text
   */
  ClosureCompiler(VariableTable variables, CelSource source, DurationLiterals durations) {
    this.variables = variables;
    this.source = source;
    this.durations = durations;
  }

  Expression compile(CelExpr expr) throws ExpressionException {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr);
      case IDENT -> {
        if (!Double.isNaN(durations.at(offset(expr)))) {
          throw unsupported(expr, "a duration outside of a function that takes one");
        }
        int index = variables.indexOf(expr.ident().name());
        yield v -> v[index];
      }
      case CALL -> call(expr);
      default -> throw unsupported(expr, "this form of CEL");
    };
  }

  private Expression constant(CelExpr expr) throws ExpressionException {
    double value =
        switch (expr.constant().getKind()) {
          case DOUBLE_VALUE -> expr.constant().doubleValue();
          case BOOLEAN_VALUE -> expr.constant().booleanValue() ? 1 : 0;
          default -> throw unsupported(expr, "a constant that is no number");
        };
    return v -> value;
  }

  private int offset(CelExpr expr) {
    return source.getPositionsMap().getOrDefault(expr.id(), 0);
  }

  /** A call of a stateful function, computed before the expression; its value is a variable. */
  private Expression statefulCall(CelExpr expr, String name) throws ExpressionException {
    List<CelExpr> arguments = expr.call().args();
    List<Parameter> parameters = Objects.requireNonNull(StatefulFunctions.all().get(name));
    List<Expression> inputs = new ArrayList<>();
    double duration = Double.NaN;
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      CelExpr argument = arguments.get(i);
      switch (parameters.get(i)) {
        case DURATION -> {
          duration = durations.at(offset(argument));
          if (!(duration > 0)) {
            throw unsupported(
                argument, "anything but a duration such as 60s as the last of " + name);
          }
          text.append(duration);
        }
        case NUMBERS -> {
          for (CelExpr input : inputs(argument, name)) {
            inputs.add(compile(input));
          }
          text.append(canonicalText(argument)).append(',');
        }
        case NUMBER, RATING -> {
          inputs.add(compile(argument));
          text.append(canonicalText(argument)).append(',');
          if (parameters.get(i) == Parameter.RATING) {
            eachName(argument, variables::mustBePositive);
          }
        }
      }
    }
    for (String implicit : StatefulFunctions.implicit(name)) {
      int index = variables.indexOf(implicit);
      inputs.add(v -> v[index]);
    }
    double durationMs = duration;
    String id = text.append(')').toString();
    int index =
        variables.indexOfCall(
            id, place -> StatefulFunctions.call(name, id, place, inputs, durationMs));
    return v -> v[index];
  }

  private List<CelExpr> inputs(CelExpr list, String name) throws ExpressionException {
    if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
      throw unsupported(list, "anything but a list such as [voltage, speed] in " + name);
    }
    List<CelExpr> elements = list.list().elements();
    if (elements.isEmpty()) {
      throw new ExpressionException(1, offset(list) + 1, name + " needs at least one input");
    }
    if (elements.size() > StatefulFunctions.MOST_INPUTS) {
      throw new ExpressionException(
          1,
          offset(elements.get(StatefulFunctions.MOST_INPUTS)) + 1,
          name
              + " takes at most "
              + StatefulFunctions.MOST_INPUTS
              + " inputs, not "
              + elements.size());
    }
    return elements;
  }

  private Expression call(CelExpr expr) throws ExpressionException {
    if (StatefulFunctions.all().containsKey(expr.call().function())) {
      return statefulCall(expr, expr.call().function());
    }
    List<CelExpr> arguments = expr.call().args();
    Expression a = arguments.isEmpty() ? v -> Double.NaN : compile(arguments.get(0));
    Expression b = arguments.size() < 2 ? a : compile(arguments.get(1));
    if (expr.call().function().equals("_/_")) {
      eachName(arguments.get(1), variables::mustNotBeZero);
    }
    return switch (expr.call().function()) {
      case "_+_" -> v -> a.evaluate(v) + b.evaluate(v);
      case "_-_" -> v -> a.evaluate(v) - b.evaluate(v);
      case "_*_" -> v -> a.evaluate(v) * b.evaluate(v);
      case "_/_" -> v -> a.evaluate(v) / b.evaluate(v);
      case "-_" -> v -> -a.evaluate(v);
      case "_>_" -> comparison(a, b, (x, y) -> x > y);
      case "_>=_" -> comparison(a, b, (x, y) -> x >= y);
      case "_<_" -> comparison(a, b, (x, y) -> x < y);
      case "_<=_" -> comparison(a, b, (x, y) -> x <= y);
      case "_==_" -> comparison(a, b, (x, y) -> x == y);
      case "_!=_" -> comparison(a, b, (x, y) -> x != y);
      case "!_" -> v -> 1 - a.evaluate(v);
      case "_&&_" -> and(a, b);
      case "_||_" -> or(a, b);
      case "_?_:_" -> choice(a, b, compile(arguments.get(2)));
      case "abs" -> v -> Math.abs(a.evaluate(v));
      case "sqrt" -> v -> Math.sqrt(a.evaluate(v));
      case "min" -> v -> Math.min(a.evaluate(v), b.evaluate(v));
      case "max" -> v -> Math.max(a.evaluate(v), b.evaluate(v));
      case "timeToTrip" ->
          TimeToTrip.of(statefulCall(expr, "thermal"), a, b, compile(arguments.get(2)));
      case "unbalance" ->
          Unbalance.of(a, b, compile(arguments.get(2)), variables.indexOf("ratedCurrent"));
      default -> throw unsupported(expr, "the function " + expr.call().function());
    };
  }

  /** For a name, or each name of a product; nothing follows for the parts of a sum. */
  private void eachName(CelExpr expr, Consumer<String> note) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      note.accept(expr.ident().name());
    } else if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && expr.call().function().equals("_*_")) {
      expr.call().args().forEach(factor -> eachName(factor, note));
    }
  }

  private ExpressionException unsupported(CelExpr expr, String what) {
    return new ExpressionException(1, offset(expr) + 1, what + " is not supported here");
  }

  /** The same for an expression however it is spaced and bracketed: part of ids in savepoints. */
  private static String canonicalText(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT ->
          switch (expr.constant().getKind()) {
            case DOUBLE_VALUE -> Double.toString(expr.constant().doubleValue());
            case BOOLEAN_VALUE -> Boolean.toString(expr.constant().booleanValue());
            default -> expr.constant().toString();
          };
      case IDENT -> expr.ident().name();
      case CALL ->
          expr.call().args().stream()
              .map(ClosureCompiler::canonicalText)
              .collect(Collectors.joining(",", expr.call().function() + "(", ")"));
      case LIST ->
          expr.list().elements().stream()
              .map(ClosureCompiler::canonicalText)
              .collect(Collectors.joining(",", "[", "]"));
      default -> expr.toString();
    };
  }

  @FunctionalInterface
  private interface Comparison {
    boolean holds(double x, double y);
  }

  /** NaN where either side is unknown: an unknown value is neither above nor below anything. */
  private static Expression comparison(Expression a, Expression b, Comparison comparison) {
    return v -> {
      double x = a.evaluate(v);
      double y = b.evaluate(v);
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Double.NaN;
      }
      return comparison.holds(x, y) ? 1 : 0;
    };
  }

  /** As in CEL, a false side decides even where the other is unknown. */
  private static Expression and(Expression a, Expression b) {
    return v -> {
      double x = a.evaluate(v);
      double y = b.evaluate(v);
      return x == 0 || y == 0 ? 0 : x * y;
    };
  }

  /** As in CEL, a true side decides even where the other is unknown. */
  private static Expression or(Expression a, Expression b) {
    return v -> {
      double x = a.evaluate(v);
      double y = b.evaluate(v);
      return x == 1 || y == 1 ? 1 : x + y;
    };
  }

  private static Expression choice(Expression test, Expression yes, Expression no) {
    return v -> {
      double which = test.evaluate(v);
      if (Double.isNaN(which)) {
        return Double.NaN;
      }
      return which == 1 ? yes.evaluate(v) : no.evaluate(v);
    };
  }
}
