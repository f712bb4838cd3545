package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.signal.Edge;
import java.util.List;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.compiler.NFACompiler.NFAFactory;
import org.apache.flink.cep.pattern.Pattern;

/** A pattern's steps as a Flink CEP pattern, with the alphabet it is written in. */
public final class CompiledSequence {

  private final Pattern<SymbolEvent, ?> pattern;
  private final List<Trigger> alphabet;
  private final String firstStage;

  CompiledSequence(Pattern<SymbolEvent, ?> pattern, List<Trigger> alphabet, String firstStage) {
    this.pattern = pattern;
    this.alphabet = List.copyOf(alphabet);
    this.firstStage = firstStage;
  }

  /** The letters an edge stands for; 0 where it concerns this pattern nothing. */
  public long symbolsOf(Edge edge) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Trigger.OfEdge trigger && trigger.matches(edge)) {
        symbols |= 1L << i;
      }
    }
    return symbols;
  }

  /** The letters that the raising of another pattern's alarm stands for. */
  public long symbolsOfAlarm(String raised) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Trigger.OfAlarm trigger && trigger.pattern().equals(raised)) {
        symbols |= 1L << i;
      }
    }
    return symbols;
  }

  String firstStage() {
    return firstStage;
  }

  NFAFactory<SymbolEvent> compile() {
    return NFACompiler.compileFactory(pattern, false);
  }

  Pattern<SymbolEvent, ?> pattern() {
    return pattern;
  }
}
