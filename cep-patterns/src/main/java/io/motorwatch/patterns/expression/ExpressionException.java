package io.motorwatch.patterns.expression;

/** An expression that cannot be compiled. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line from 1, within the expression
   * @param column from 1
   */
  public ExpressionException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
