package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.compiler.NFACompiler.NFAFactory;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A pattern's steps as a Flink CEP pattern, with the alphabet it is written in. Letters are bits in
 * the order of the steps, so that events kept in state mean the same under any file that has the
 * same steps, whatever their levels and durations.
 */
public final class CompiledSequence {

  /** A step that lasts has the letters of its beginning, its end and its being reached. */
  private static final int LAST_OF_FIRST_STEP = 2;

  private final Pattern<EdgeEvent, ?> pattern;
  private final List<Letter> alphabet;
  private final Stages stages;

  CompiledSequence(Pattern<EdgeEvent, ?> pattern, List<Letter> alphabet, Stages stages) {
    this.pattern = pattern;
    this.alphabet = List.copyOf(alphabet);
    this.stages = stages;
  }

  public long ends(ConditionEdges.Nodes nodes) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Letter.End end && contains(nodes, end.node())) {
        symbols |= 1L << i;
      }
    }
    return symbols;
  }

  public long begins(ConditionEdges.Nodes nodes) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Letter.Begin begin && contains(nodes, begin.node())) {
        symbols |= 1L << i;
      }
    }
    return symbols;
  }

  public long held(ConditionEdges edges) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Letter.Held letter) {
        for (int j = 0; j < edges.held().size(); j++) {
          if (edges.held().get(j) == letter.node() && edges.heldMs(j) == letter.durationMs()) {
            symbols |= 1L << i;
          }
        }
      }
    }
    return symbols;
  }

  /** The letters that the raising of these patterns' alarms stands for. */
  public long raised(List<String> patterns) {
    long symbols = 0;
    for (int i = 0; i < alphabet.size() && !patterns.isEmpty(); i++) {
      if (alphabet.get(i) instanceof Letter.Raised raised && patterns.contains(raised.pattern())) {
        symbols |= 1L << i;
      }
    }
    return symbols;
  }

  /** The durations its letters wait for, milliseconds, in the order of the alphabet. */
  public long[] durations() {
    List<Long> durations = new ArrayList<>();
    for (Letter letter : alphabet) {
      if (letter instanceof Letter.Held held) {
        durations.add(held.durationMs());
      }
    }
    return durations.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * What a change of durations does to the letters of the first reading after it.
   *
   * @param before {@link #durations} of the file before
   * @param lastAt device time of the last reading judged by that file
   * @param told what is told of the reading by this file's durations alone
   */
  public long heldAfterChange(long[] before, DeviceConditions conditions, long lastAt, long told) {
    long symbols = told;
    int place = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Letter.Held held) {
        boolean reached =
            place < before.length && conditions.hadHeld(held.node(), before[place], lastAt);
        if (reached) {
          // The file before has told it: it does not happen twice.
          symbols &= ~(1L << i);
        } else if (conditions.hadHeld(held.node(), held.durationMs(), lastAt)) {
          symbols |= 1L << i;
        }
        place++;
      }
    }
    return symbols;
  }

  /**
   * What of a pattern that is new to a device its first step has reached already.
   *
   * @param lastAt device time of the last reading before
   * @param told what is told of the reading itself
   */
  public long heldByFirstStep(DeviceConditions conditions, long lastAt, long told) {
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i) instanceof Letter.Held held) {
        boolean first = i <= LAST_OF_FIRST_STEP && alphabet.get(i - 1) instanceof Letter.End;
        boolean reached = first && conditions.hadHeld(held.node(), held.durationMs(), lastAt);
        return reached ? told | 1L << i : told;
      }
    }
    return told;
  }

  private static boolean contains(ConditionEdges.Nodes nodes, int node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == node) {
        return true;
      }
    }
    return false;
  }

  /** The letter of the first step's onset. */
  public long firstOnset() {
    return 1L;
  }

  Stages stages() {
    return stages;
  }

  NFAFactory<EdgeEvent> compile() {
    return NFACompiler.compileFactory(pattern, false);
  }

  Pattern<EdgeEvent, ?> pattern() {
    return pattern;
  }
}
