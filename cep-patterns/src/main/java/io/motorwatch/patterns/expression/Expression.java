package io.motorwatch.patterns.expression;

/** Compiled arithmetic over the variables of a {@link VariableTable}. Pure; safe for any thread. */
@FunctionalInterface
public interface Expression {

  /**
   * The value; NaN where a variable it needs is NaN (unknown). A comparison gives 1 or 0.
   *
   * @param variables one value per index of the table it was compiled with
   */
  double evaluate(double[] variables);
}
