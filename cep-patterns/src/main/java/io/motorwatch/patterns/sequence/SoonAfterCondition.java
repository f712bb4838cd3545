package io.motorwatch.patterns.sequence;

import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * Takes events of some letters that come soon enough after an earlier stage. Flink's own {@code
 * within(…, PREVIOUS_AND_CURRENT)} would measure from the last stage of any kind; a step is
 * measured from the completion of the step before.
 */
final class SoonAfterCondition extends IterativeCondition<SymbolEvent> {

  private static final long serialVersionUID = 1L;

  private final SymbolCondition letters;
  private final String earlierStage;
  private final long withinMs;

  SoonAfterCondition(SymbolCondition letters, String earlierStage, long withinMs) {
    this.letters = letters;
    this.earlierStage = earlierStage;
    this.withinMs = withinMs;
  }

  @Override
  public boolean filter(SymbolEvent event, Context<SymbolEvent> context) throws Exception {
    if (!letters.filter(event)) {
      return false;
    }
    for (SymbolEvent earlier : context.getEventsForPattern(earlierStage)) {
      if (event.at() - earlier.at() > withinMs) {
        return false;
      }
    }
    return true;
  }
}
