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
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import io.motorwatch.patterns.function.StatefulFunctions;
import io.motorwatch.patterns.function.StatefulFunctions.Parameter;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles the arithmetic part of CEL (the Common Expression Language): numbers, names, {@code + -
 * * /}, comparisons, {@code && || !}, {@code ?:}, and the functions {@code abs(x)}, {@code
 * sqrt(x)}, {@code min(a,b)}, {@code max(a,b)}, {@code unbalance(a,b,c)}, {@code
 * timeToTrip(a,b,c)}, and the stateful functions of {@link StatefulFunctions}, whose durations are
 * written {@code 60s}. CEL's own parser and type checker check the text; {@link ClosureCompiler}
 * compiles the checked tree, which evaluates some fifty times faster than CEL's interpreter.
 *
 * <p>Unlike in CEL, whole numbers are {@code double}, so that {@code 2 * current} is well-typed.
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
    return new ClosureCompiler(variables, parsed.getSource(), durations).compile(root);
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
                function("unbalance", 3),
                function("timeToTrip", 3));
    StatefulFunctions.all()
        .forEach((name, parameters) -> builder.addFunctionDeclarations(stateful(name, parameters)));
    for (String name : names) {
      builder.addVar(name, SimpleType.DOUBLE);
    }
    CelCompiler compiler = builder.build();
    return result(compiler.check(CelAbstractSyntaxTree.newParsedAst(root, source)));
  }

  private static CelFunctionDecl function(String name, int arguments) {
    return function(name, Collections.nCopies(arguments, SimpleType.DOUBLE));
  }

  private static CelFunctionDecl stateful(String name, List<Parameter> parameters) {
    return function(
        name,
        parameters.stream()
            .map(
                each ->
                    each == Parameter.NUMBERS
                        ? ListType.create(SimpleType.DOUBLE)
                        : SimpleType.DOUBLE)
            .toList());
  }

  private static CelFunctionDecl function(String name, List<? extends CelType> types) {
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newGlobalOverload(
            name + "_" + types.size(), SimpleType.DOUBLE, ImmutableList.copyOf(types)));
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
      case LIST -> {
        CelExpr.CelList.Builder list = expr.list().toBuilder();
        List<CelExpr> elements = expr.list().elements();
        for (int i = 0; i < elements.size(); i++) {
          list.setElement(i, withDoubles(elements.get(i)));
        }
        yield expr.toBuilder().setList(list.build()).build();
      }
      default -> expr;
    };
  }

  private static void collectNames(CelExpr expr, Set<String> names) {
    switch (expr.getKind()) {
      case IDENT -> names.add(expr.ident().name());
      case CALL -> expr.call().args().forEach(argument -> collectNames(argument, names));
      case LIST -> expr.list().elements().forEach(element -> collectNames(element, names));
      default -> {
        // Nothing else may hold names; the closure compiler rejects it with its place.
      }
    }
  }
}
