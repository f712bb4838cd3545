package io.motorwatch.patterns.sequence;

import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Takes events of any of some types that are of none of others. */
final class EdgeCondition extends SimpleCondition<EdgeEvent> {

  private static final long serialVersionUID = 1L;

  private final long types;
  private final long unless;

  EdgeCondition(long types, long unless) {
    this.types = types;
    this.unless = unless;
  }

  @Override
  public boolean filter(EdgeEvent event) {
    return event.hasAny(types) && !event.hasAny(unless);
  }
}
