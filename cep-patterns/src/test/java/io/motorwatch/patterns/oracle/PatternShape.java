package io.motorwatch.patterns.oracle;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.definition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pattern whose change starts it again, by docs/patterns.md.
 *
 * @param steps what they wait for, how often, whether for a while, and what must not happen
 * @param signals what those measure, and whether as the pattern alone sees it
 */
record PatternShape(List<Object> steps, List<Object> signals) {

  /** Of a pattern of a file, if it is there. */
  static Optional<PatternShape> of(String pattern, PatternSet set) {
    return set.patterns().stream()
        .filter(each -> each.id().equals(pattern))
        .findFirst()
        .map(each -> of(each, set));
  }

  private static PatternShape of(PatternDefinition pattern, PatternSet set) {
    List<Object> steps = new ArrayList<>();
    List<Object> signals = new ArrayList<>();
    for (Step step : pattern.sequence()) {
      steps.add(step.times());
      add(step, pattern, set, steps, signals);
      add(step.absent(), pattern, set, steps, signals);
    }
    return new PatternShape(steps, signals);
  }

  private static void add(
      @Nullable Step step,
      PatternDefinition pattern,
      PatternSet set,
      List<Object> steps,
      List<Object> signals) {
    steps.add(step == null ? "none" : uncounted(step.what()));
    steps.add(step != null && step.persists());
    for (String name : step == null ? List.<String>of() : OracleSignalViews.signals(step.what())) {
      signals.add(OracleSignalViews.of(name, pattern));
      signals.add(measured(name, set));
    }
  }

  /** How many readings of how many is no part of the shape. */
  private static Condition uncounted(Condition condition) {
    return condition instanceof Condition.Counted counted
        ? new Condition.Counted(counted.what(), 1, 1)
        : condition;
  }

  /** What a signal measures: its value, and on which side of its level it is true. */
  static Measured measured(String name, PatternSet set) {
    SignalDefinition signal = set.signals().get(name);
    return new Measured(signal.text(), signal.level().direction());
  }

  /** See {@link #measured}. */
  record Measured(String value, SignalLevel.Direction side) {}
}
