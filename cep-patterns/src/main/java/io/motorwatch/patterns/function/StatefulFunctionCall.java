package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.List;

/**
 * A call of a stateful function in a pattern file, with its arguments. Its value is a variable that
 * is computed with every reading before the conditions are evaluated. For one thread.
 */
public final class StatefulFunctionCall {

  /**
   * Larger numbers are no measurement in any unit and count as unknown: nothing can then overflow,
   * and the memory forgets the largest value within 70 windows.
   */
  private static final double MAX_MAGNITUDE = 1e15;

  private final String text;
  private final int variable;
  private final StatefulFunction function;
  private final List<Expression> inputs;
  private final double[] arguments;

  /**
   * @param text the call in canonical form, by which its memory is found again
   * @param variable the index of its value
   */
  StatefulFunctionCall(
      String text, int variable, StatefulFunction function, List<Expression> inputs) {
    this.text = text;
    this.variable = variable;
    this.function = function;
    this.inputs = List.copyOf(inputs);
    this.arguments = new double[inputs.size()];
  }

  public String text() {
    return text;
  }

  /** How many numbers its memory has per device. */
  public int size() {
    return function.size();
  }

  /** Makes its value unknown: for a device that does not need it. */
  public void forget(double[] variables) {
    variables[variable] = Double.NaN;
  }

  /**
   * Computes its value. The value is unknown and the memory unchanged where an argument is unknown,
   * not finite or beyond 1e15: one absurd reading must not affect later ones.
   */
  public void evaluate(double[] variables, long at, StartPhase start, double[] memory, int from) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = inputs.get(i).evaluate(variables);
      if (!(Math.abs(arguments[i]) <= MAX_MAGNITUDE)) {
        variables[variable] = Double.NaN;
        return;
      }
    }
    variables[variable] = function.next(arguments, at, start, memory, from);
  }
}
