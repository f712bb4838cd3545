package io.motorwatch.patterns.definition;

import java.util.List;

/**
 * The clear rule of a pattern that gives none: the alarm ends with the first reading at which the
 * last step's condition holds no longer. That is when a signal is false, of {@code all} any one, of
 * {@code any} every one; a last step of {@code off}, {@code state} or {@code alarm} ends when it
 * stops being so.
 */
final class DefaultClear {

  private DefaultClear() {}

  static ClearRule of(Step last) {
    Condition ended = negation(last.what());
    boolean single = ended instanceof Condition.Not;
    // Always one of several: by that form a device's state knows the condition.
    return new ClearRule(single ? new Condition.All(List.of(ended)) : ended, 0);
  }

  private static Condition negation(Condition condition) {
    if (condition instanceof Condition.All all) {
      return new Condition.Any(all.of().stream().map(DefaultClear::negation).toList());
    }
    if (condition instanceof Condition.Any any) {
      return new Condition.All(any.of().stream().map(DefaultClear::negation).toList());
    }
    return new Condition.Not(condition);
  }
}
