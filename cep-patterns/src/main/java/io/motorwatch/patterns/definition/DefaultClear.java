package io.motorwatch.patterns.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * The clear rule of a pattern that gives none: the alarm ends when no signal of the last step is
 * true any more, at once. A last step of {@code off}, {@code state} or {@code alarm} ends when it
 * stops being so.
 */
final class DefaultClear {

  private DefaultClear() {}

  static ClearRule of(Step last) {
    return new ClearRule(new Condition.All(negations(last.what())), 0);
  }

  private static List<Condition> negations(Condition condition) {
    List<Condition> negated = new ArrayList<>();
    if (condition instanceof Condition.All all) {
      all.of().forEach(each -> negated.addAll(negations(each)));
    } else if (condition instanceof Condition.Any any) {
      any.of().forEach(each -> negated.addAll(negations(each)));
    } else {
      negated.add(new Condition.Not(condition));
    }
    return negated;
  }
}
