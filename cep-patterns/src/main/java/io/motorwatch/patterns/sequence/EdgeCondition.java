package io.motorwatch.patterns.sequence;

import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Takes events that stand for one of some letters, and for none of others. */
final class EdgeCondition extends SimpleCondition<EdgeEvent> {

  private static final long serialVersionUID = 1L;

  private final long letters;
  private final long unless;

  EdgeCondition(long letters, long unless) {
    this.letters = letters;
    this.unless = unless;
  }

  @Override
  public boolean filter(EdgeEvent event) {
    return event.hasAny(letters) && !event.hasAny(unless);
  }
}
