package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;

/**
 * Limits the number of variables and of stateful function calls in a file: each variable is looked
 * up with every reading, each call has a memory per device, and files also arrive over the network.
 * Created before something is compiled, it reports only the limit that this exceeds, so that a file
 * has one fault and not one for everything that follows.
 */
final class VariableLimit {

  private static final int MOST_VARIABLES = 1_000;
  private static final int MOST_CALLS = 64;

  private final VariableTable variables;
  private final int variablesBefore;
  private final int callsBefore;

  private VariableLimit(VariableTable variables) {
    this.variables = variables;
    this.variablesBefore = variables.size();
    this.callsBefore = variables.functionCallCount();
  }

  static VariableLimit before(VariableTable variables) {
    return new VariableLimit(variables);
  }

  /** Reports the limits that have been exceeded since. */
  void check(Position at, Collection<Problem> problems) {
    if (exceeded(MOST_VARIABLES, variablesBefore, variables.size())) {
      problems.add(
          new Problem(
              at,
              "more than "
                  + MOST_VARIABLES
                  + " variables in the file (the distinct fields and attributes of expressions and"
                  + " messages, and calls such as mean(x, 5m)): name fewer"));
    }
    if (exceeded(MOST_CALLS, callsBefore, variables.functionCallCount())) {
      problems.add(
          new Problem(
              at,
              "more than "
                  + MOST_CALLS
                  + " distinct calls in the file of functions that follow a value over time, such"
                  + " as mean(x, 5m): use the same call in several places, or leave some out"));
    }
  }

  private static boolean exceeded(int most, int before, int now) {
    return before <= most && now > most;
  }
}
