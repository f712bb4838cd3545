package io.motorwatch.patterns.sequence;

import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Takes events that stand for a letter. */
final class SymbolCondition extends SimpleCondition<SymbolEvent> {

  private static final long serialVersionUID = 1L;

  private final int symbol;

  SymbolCondition(int symbol) {
    this.symbol = symbol;
  }

  @Override
  public boolean filter(SymbolEvent event) {
    return event.has(symbol);
  }
}
