package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;

/**
 * A trace function of a pattern file, with its arguments. Its value is a variable that is worked
 * out with every reading before any signal is judged. For one thread.
 */
public final class StatefulFunctionCall {

  /**
   * What is farther from nought is no measurement in any unit, and counts as unknown: nothing of it
   * can then overflow, and what is remembered forgets the largest value within 70 windows.
   */
  private static final double FARTHEST = 1e15;

  private final String text;
  private final int variable;
  private final StatefulFunction function;
  private final List<Expression> inputs;
  private final double[] arguments;

  /**
   * @param text the call in one unmistakable form: what is remembered is found again by it
   * @param variable where its value goes
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

  /** How many numbers it keeps of a device. */
  public int size() {
    return function.size();
  }

  /**
   * Works out its value; unknown, and the memory as it was, where an argument is unknown, not
   * finite or beyond 1e15: one absurd reading must not spoil what all later ones are judged by.
   */
  public void follow(double[] variables, long at, boolean started, double[] memory, int from) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = inputs.get(i).evaluate(variables);
      if (!(Math.abs(arguments[i]) <= FARTHEST)) {
        variables[variable] = Double.NaN;
        return;
      }
    }
    variables[variable] = function.next(arguments, at, started, memory, from);
  }
}
