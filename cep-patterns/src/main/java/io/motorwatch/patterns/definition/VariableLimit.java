package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;

/**
 * How many variables and trace functions a file may have: each variable is looked up with every
 * reading, each trace function keeps numbers of every device, and files arrive over the network
 * too. Made before something is compiled, it tells whether that was what became too much, so that a
 * file is refused once and not for all that follows.
 */
final class VariableLimit {

  private static final int MOST_VARIABLES = 1_000;
  private static final int MOST_TRACES = 64;

  private final VariableTable variables;
  private final int variablesBefore;
  private final int tracesBefore;

  private VariableLimit(VariableTable variables) {
    this.variables = variables;
    this.variablesBefore = variables.size();
    this.tracesBefore = variables.traceCount();
  }

  static VariableLimit before(VariableTable variables) {
    return new VariableLimit(variables);
  }

  /** Notes which limits what was compiled since has passed. */
  void note(Position at, Collection<Problem> problems) {
    if (passed(MOST_VARIABLES, variablesBefore, variables.size())) {
      problems.add(
          new Problem(
              at,
              "more than "
                  + MOST_VARIABLES
                  + " variables in the file (the distinct fields and attributes of expressions and"
                  + " messages, and calls such as mean(x, 5m)): name fewer"));
    }
    if (passed(MOST_TRACES, tracesBefore, variables.traceCount())) {
      problems.add(
          new Problem(
              at,
              "more than "
                  + MOST_TRACES
                  + " distinct calls in the file of functions that follow a value over time, such"
                  + " as mean(x, 5m): use the same call in several places, or leave some out"));
    }
  }

  private static boolean passed(int most, int before, int now) {
    return before <= most && now > most;
  }
}
