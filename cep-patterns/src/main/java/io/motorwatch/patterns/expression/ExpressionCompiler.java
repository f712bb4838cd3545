package io.motorwatch.patterns.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import io.motorwatch.patterns.function.StatefulFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compiles the arithmetic part of CEL (the Common Expression Language): numbers, names, {@code + -
 * * /}, comparisons, {@code && || !}, {@code ?:}, and the functions {@code abs(x)}, {@code
 * sqrt(x)}, {@code min(a,b)}, {@code max(a,b)}, {@code unbalance(a,b,c)}, and the trace functions
 * of {@link StatefulFunctions}, whose durations are written {@code 60s}. CEL's own parser and type
 * checker judge the text; the checked tree becomes nested closures over primitive numbers, some
 * fifty times faster than CEL's interpreter.
 *
 * <p>One thing is friendlier than CEL: whole numbers are taken as {@code double}, so that {@code 2
 * * current} is well-typed.
 */
public final class ExpressionCompiler {

  /** Longest text compiled. */
  public static final int MAX_LENGTH = 2_000;

  private final VariableTable variables;

  public ExpressionCompiler(VariableTable variables) {
    this.variables = variables;
  }

  /** Whether the text is one division, {@code a / b}: a ratio. */
  public static boolean isQuotient(String text) {
    CelValidationResult parsed =
        CelCompilerFactory.standardCelCompilerBuilder()
            .build()
            .parse(new DurationLiterals(text).text());
    try {
      CelExpr root = parsed.getAst().getExpr();
      return root.getKind() == CelExpr.ExprKind.Kind.CALL && root.call().function().equals("_/_");
    } catch (CelValidationException e) {
      return false;
    }
  }

  /**
   * Compiles an expression whose value is a number.
   *
   * @throws ExpressionException with the place within the text
   */
  public Expression compileNumber(String text) throws ExpressionException {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          1, 1, "an expression may have " + MAX_LENGTH + " characters, not " + text.length());
    }
    DurationLiterals durations = new DurationLiterals(text);
    CelAbstractSyntaxTree parsed =
        result(CelCompilerFactory.standardCelCompilerBuilder().build().parse(durations.text()));
    CelExpr root = withDoubles(parsed.getExpr());
    CelAbstractSyntaxTree checked = check(root, parsed.getSource());
    if (!checked.getResultType().equals(SimpleType.DOUBLE)) {
      throw new ExpressionException(
          1, 1, "gives no number but " + CelErrorText.type(checked.getResultType().name()));
    }
    return new TreeCompiler(parsed.getSource(), durations).compile(root);
  }

  private static CelAbstractSyntaxTree check(CelExpr root, CelSource source)
      throws ExpressionException {
    Set<String> names = new LinkedHashSet<>();
    collectNames(root, names);
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .addFunctionDeclarations(
                function("abs", 1),
                function("sqrt", 1),
                function("min", 2),
                function("max", 2),
                function("unbalance", 3));
    StatefulFunctions.all()
        .forEach((name, count) -> builder.addFunctionDeclarations(function(name, count)));
    for (String name : names) {
      builder.addVar(name, SimpleType.DOUBLE);
    }
    CelCompiler compiler = builder.build();
    return result(compiler.check(CelAbstractSyntaxTree.newParsedAst(root, source)));
  }

  private static CelFunctionDecl function(String name, int arguments) {
    CelType[] types = new CelType[arguments];
    Arrays.fill(types, SimpleType.DOUBLE);
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newGlobalOverload(
            name + "_" + arguments, SimpleType.DOUBLE, ImmutableList.copyOf(types)));
  }

  private static CelAbstractSyntaxTree result(CelValidationResult result)
      throws ExpressionException {
    if (result.hasError()) {
      CelIssue issue = result.getErrors().get(0);
      throw new ExpressionException(
          Math.max(1, issue.getSourceLocation().getLine()),
          Math.max(0, issue.getSourceLocation().getColumn()) + 1,
          CelErrorText.of(issue.getMessage()));
    }
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new ExpressionException(1, 1, CelErrorText.of(e.getMessage()));
    }
  }

  private static CelExpr withDoubles(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT ->
          expr.constant().getKind() == CelConstant.Kind.INT64_VALUE
              ? CelExpr.ofConstant(
                  expr.id(), CelConstant.ofValue((double) expr.constant().int64Value()))
              : expr;
      case CALL -> {
        CelExpr.CelCall.Builder call = expr.call().toBuilder();
        call.target().ifPresent(target -> call.setTarget(withDoubles(target)));
        List<CelExpr> arguments = expr.call().args();
        for (int i = 0; i < arguments.size(); i++) {
          call.setArg(i, withDoubles(arguments.get(i)));
        }
        yield expr.toBuilder().setCall(call.build()).build();
      }
      default -> expr;
    };
  }

  private static void collectNames(CelExpr expr, Set<String> names) {
    switch (expr.getKind()) {
      case IDENT -> names.add(expr.ident().name());
      case CALL -> expr.call().args().forEach(argument -> collectNames(argument, names));
      default -> {
        // Nothing else may hold names; the tree compiler refuses it with its place.
      }
    }
  }

  /** From a checked tree to closures. */
  private final class TreeCompiler {

    private final CelSource source;

    private final DurationLiterals durations;

    TreeCompiler(CelSource source, DurationLiterals durations) {
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

    private Expression trace(CelExpr expr, String name) throws ExpressionException {
      List<CelExpr> arguments = expr.call().args();
      List<Expression> inputs = new ArrayList<>();
      double duration = Double.NaN;
      StringBuilder text = new StringBuilder(name).append('(');
      for (int i = 0; i < arguments.size(); i++) {
        if (StatefulFunctions.takesDuration(name) && i == arguments.size() - 1) {
          duration = durations.at(offset(arguments.get(i)));
          if (!(duration > 0)) {
            throw unsupported(
                arguments.get(i), "anything but a duration such as 60s as the last of " + name);
          }
          text.append(duration);
        } else {
          inputs.add(compile(arguments.get(i)));
          text.append(Canonical.text(arguments.get(i))).append(',');
        }
      }
      double lasting = duration;
      if (name.equals("thermal")) {
        eachName(arguments.get(1), variables::mustBePositive);
        eachName(arguments.get(2), variables::mustBePositive);
      }
      String id = text.append(')').toString();
      int index =
          variables.indexOfCall(
              id, place -> StatefulFunctions.call(name, id, place, inputs, lasting));
      return v -> v[index];
    }

    private Expression call(CelExpr expr) throws ExpressionException {
      if (StatefulFunctions.all().containsKey(expr.call().function())) {
        return trace(expr, expr.call().function());
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
        case "unbalance" ->
            Unbalance.of(a, b, compile(arguments.get(2)), variables.indexOf("ratedCurrent"));
        default -> throw unsupported(expr, "the function " + expr.call().function());
      };
    }

    /** Of a name, or a product of names: of a sum nothing is known of each part. */
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
