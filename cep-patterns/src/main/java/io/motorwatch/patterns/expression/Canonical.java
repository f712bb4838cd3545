package io.motorwatch.patterns.expression;

import dev.cel.common.ast.CelExpr;
import java.util.stream.Collectors;

/** An expression in one form however it is spaced and bracketed. */
final class Canonical {

  private Canonical() {}

  static String text(CelExpr expr) {
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
              .map(Canonical::text)
              .collect(Collectors.joining(",", expr.call().function() + "(", ")"));
      default -> expr.toString();
    };
  }
}
