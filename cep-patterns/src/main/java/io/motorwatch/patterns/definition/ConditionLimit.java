package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * How many conditions a file may have: each is judged with every reading of every device, and files
 * arrive over the network too. Those of a pattern count once however often it names them; a pattern
 * may have levels of its own, so each pattern's count by themselves.
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

  /** Counts a condition; notes the first that is too many, and whether this one still fits. */
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
