package io.motorwatch.patterns.definition;

import java.util.List;

/**
 * When an open alarm is cleared.
 *
 * @param when the condition
 * @param forMs how long it must have been true, milliseconds of device time
 */
public record ClearRule(Condition when, long forMs) {

  /**
   * The rule of a pattern without {@code clear}: the alarm is cleared with the first reading at
   * which the condition of the last step is no longer true. A signal must be false, any condition
   * of {@code all}, every condition of {@code any}; a last step of {@code off}, {@code state} or
   * {@code alarm} must no longer be so.
   */
  static ClearRule byDefault(Step last) {
    Condition ended = negation(last.what());
    boolean single = ended instanceof Condition.Not;
    // Always one of several: state identifies the condition by this form.
    return new ClearRule(single ? new Condition.All(List.of(ended)) : ended, 0);
  }

  private static Condition negation(Condition condition) {
    if (condition instanceof Condition.All all) {
      return new Condition.Any(all.of().stream().map(ClearRule::negation).toList());
    }
    if (condition instanceof Condition.Any any) {
      return new Condition.All(any.of().stream().map(ClearRule::negation).toList());
    }
    return new Condition.Not(condition);
  }
}
