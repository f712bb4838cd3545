package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pattern's steps as a Flink CEP pattern. A step {@code on: S, for: D} becomes {@code
 * ENTER(S)} → not followed by {@code EXIT(S)} or {@code GAP(S)} → followed by {@code HELD(S, D)}: a
 * few events an episode, however fast the readings come, and a match carries onset and completion.
 */
public final class SequenceCompiler {

  /** Letters are bits of a long. */
  private static final int MAX_SYMBOLS = 63;

  private final ConditionTable table;
  private final PatternDefinition definition;
  private final List<Trigger> alphabet = new ArrayList<>();
  private @Nullable Pattern<SymbolEvent, SymbolEvent> pattern;
  private @Nullable String completedStage;
  private int stages;

  private SequenceCompiler(ConditionTable table, PatternDefinition definition) {
    this.table = table;
    this.definition = definition;
  }

  public static CompiledSequence compile(ConditionTable table, PatternDefinition definition) {
    return new SequenceCompiler(table, definition).run();
  }

  private CompiledSequence run() {
    for (Step step : definition.sequence()) {
      for (int i = 0; i < step.times(); i++) {
        append(step);
      }
    }
    Pattern<SymbolEvent, SymbolEvent> result = started();
    if (definition.withinMs() > 0) {
      // Flink times out at start + window; "within 1h" includes the reading one hour later.
      result = result.within(Duration.ofMillis(definition.withinMs() + 1));
    }
    return new CompiledSequence(result, alphabet, stage(0));
  }

  private void append(Step step) {
    Step absent = step.absent();
    if (absent != null) {
      pattern = started().notFollowedBy(nextStage()).where(new SymbolCondition(completion(absent)));
    }
    String before = completedStage;
    int begin = onset(step.what());
    take(step.persists() ? new SymbolCondition(begin) : last(begin, step, before));
    if (step.persists()) {
      pattern =
          started().notFollowedBy(nextStage()).where(new SymbolCondition(broken(step.what())));
      take(last(completion(step), step, before));
    }
    completedStage = stage(stages - 1);
  }

  private static IterativeCondition<SymbolEvent> last(
      int symbol, Step step, @Nullable String before) {
    return step.withinMs() > 0 && before != null
        ? new SoonAfterCondition(symbol, before, step.withinMs())
        : new SymbolCondition(symbol);
  }

  private void take(IterativeCondition<SymbolEvent> condition) {
    Pattern<SymbolEvent, SymbolEvent> so = pattern;
    String name = nextStage();
    pattern =
        so == null
            ? Pattern.<SymbolEvent>begin(name).where(condition)
            : so.followedBy(name).where(condition);
  }

  private Pattern<SymbolEvent, SymbolEvent> started() {
    if (pattern == null) {
      throw new IllegalStateException("pattern " + definition.id() + " begins with an absence");
    }
    return pattern;
  }

  private String nextStage() {
    return stage(stages++);
  }

  private static String stage(int number) {
    return "stage-" + number;
  }

  private int onset(Condition what) {
    if (what instanceof Condition.AlarmOpen alarm) {
      return letter(new Trigger.OfAlarm(alarm.pattern()));
    }
    return letter(edge(what, EnumSet.of(Edge.Kind.ENTER), 0));
  }

  private int broken(Condition what) {
    return letter(edge(what, EnumSet.of(Edge.Kind.EXIT, Edge.Kind.GAP), 0));
  }

  private int completion(Step step) {
    if (!step.persists()) {
      return onset(step.what());
    }
    table.watch(table.indexOf(step.what(), definition), step.forMs());
    return letter(edge(step.what(), EnumSet.of(Edge.Kind.HELD), step.forMs()));
  }

  private Trigger edge(Condition what, Set<Edge.Kind> kinds, long heldMs) {
    return new Trigger.OfEdge(table.indexOf(what, definition), kinds, heldMs);
  }

  private int letter(Trigger trigger) {
    int known = alphabet.indexOf(trigger);
    if (known >= 0) {
      return known;
    }
    if (alphabet.size() == MAX_SYMBOLS) {
      throw new IllegalArgumentException("pattern " + definition.id() + " has too many steps");
    }
    alphabet.add(trigger);
    return alphabet.size() - 1;
  }
}
