package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Limits the number of conditions in a file: each is evaluated with every reading of every device,
 * and files also arrive over the network. A condition counts once per pattern however often the
 * pattern names it; patterns count separately, since each may have its own levels.
 */
final class ConditionLimit {

  private static final int MOST = 2_000;

  private final Collection<Problem> problems;
  private final Set<Condition> ofPattern = new HashSet<>();
  private int count;

  ConditionLimit(Collection<Problem> problems) {
    this.problems = problems;
  }

  void nextPattern() {
    ofPattern.clear();
  }

  /** Counts a condition and returns whether it is within the limit; reports the first beyond it. */
  boolean admits(Condition condition, Position at) {
    if (count > MOST) {
      return false;
    }
    if (ofPattern.add(condition)) {
      count++;
    }
    if (count > MOST) {
      problems.add(
          new Problem(
              at,
              "more than "
                  + MOST
                  + " conditions in the file (the distinct ones of each pattern, those within all"
                  + " and any included): put more into the signals' expressions, or leave patterns"
                  + " out"));
      return false;
    }
    return true;
  }
}
