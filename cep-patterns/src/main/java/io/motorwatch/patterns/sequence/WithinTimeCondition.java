package io.motorwatch.patterns.sequence;

import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * Takes events that happen within a time of an earlier stage. Flink's own {@code within(…,
 * PREVIOUS_AND_CURRENT)} measures from the last stage of any kind; a step is measured from the
 * completion of the step before.
 */
final class WithinTimeCondition extends IterativeCondition<EdgeEvent> {

  private static final long serialVersionUID = 1L;

  private final EdgeCondition condition;
  private final String earlierStage;
  private final long withinMs;

  WithinTimeCondition(EdgeCondition condition, String earlierStage, long withinMs) {
    this.condition = condition;
    this.earlierStage = earlierStage;
    this.withinMs = withinMs;
  }

  @Override
  public boolean filter(EdgeEvent event, Context<EdgeEvent> context) throws Exception {
    if (!condition.filter(event)) {
      return false;
    }
    for (EdgeEvent earlier : context.getEventsForPattern(earlierStage)) {
      if (event.at() - earlier.at() > withinMs) {
        return false;
      }
    }
    return true;
  }
}
