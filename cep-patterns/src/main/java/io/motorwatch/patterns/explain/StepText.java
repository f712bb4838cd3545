package io.motorwatch.patterns.explain;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Steps and conditions as a pattern file writes them, in a line. */
public final class StepText {

  private StepText() {}

  /** Such as {@code on overcurrent, for 30s, 3 times, not: off running}. */
  public static String of(Step step) {
    StringBuilder text = new StringBuilder(of(step.what()));
    if (step.persists()) {
      text.append(" for ").append(Durations.format(step.forMs()));
    }
    if (step.times() > 1) {
      text.append(", ").append(step.times()).append(" times");
    }
    Step absent = step.absent();
    if (absent != null) {
      text.append(", not before it: ").append(of(absent));
    }
    if (step.withinMs() > 0) {
      text.append(", within ")
          .append(Durations.format(step.withinMs()))
          .append(" of the step before");
    }
    return text.toString();
  }

  /** Such as {@code on overcurrent} or {@code any of [on a, state STOP]}. */
  public static String of(Condition condition) {
    if (condition instanceof Condition.On on) {
      return "on " + on.signal();
    } else if (condition instanceof Condition.Not not) {
      return not.of() instanceof Condition.On on ? "off " + on.signal() : "not " + of(not.of());
    } else if (condition instanceof Condition.Counted counted) {
      return of(counted.what()) + " at " + counted.count() + " of " + counted.of() + " readings";
    } else if (condition instanceof Condition.All all) {
      return "all of " + of(all.of());
    } else if (condition instanceof Condition.Any any) {
      return "any of " + of(any.of());
    } else if (condition instanceof Condition.Motor motor) {
      return "state " + motor.state();
    } else if (condition instanceof Condition.AlarmOpen alarm) {
      return "alarm " + alarm.pattern();
    }
    return "silent";
  }

  private static String of(List<Condition> conditions) {
    return conditions.stream().map(StepText::of).collect(Collectors.joining(", ", "[", "]"));
  }
}
