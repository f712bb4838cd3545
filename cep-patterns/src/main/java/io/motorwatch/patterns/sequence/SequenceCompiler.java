package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.signal.ConditionTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pattern's steps as a Flink CEP pattern. A step {@code on: S, for: D} becomes {@code
 * BEGIN(S)} → not followed by {@code END(S)} → followed by {@code HELD(S, D)}: a few events an
 * episode, however fast the readings come, and a match carries onset and completion.
 *
 * <p>A later step may be tried again and again from the same beginning ({@code followedByAny}): an
 * attempt that breaks off, is forbidden by a {@code not} or comes too late does not use it up.
 */
public final class SequenceCompiler {

  /** Letters are bits of a long. Ten steps need at most five each. */
  private static final int MAX_LETTERS = 63;

  private final ConditionTable table;
  private final PatternDefinition definition;
  private final List<Letter> alphabet = new ArrayList<>();
  private final Map<String, Stages.Wait> waits = new HashMap<>();
  private @Nullable Pattern<EdgeEvent, EdgeEvent> pattern;
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
      append(step, new Letters(step));
    }
    Pattern<EdgeEvent, EdgeEvent> result = started();
    if (definition.withinMs() > 0) {
      // Flink times out at start + window; "within 1h" includes the reading one hour later.
      result = result.within(Duration.ofMillis(definition.withinMs() + 1));
    }
    boolean stepLimits = definition.sequence().stream().anyMatch(step -> step.withinMs() > 0);
    return new CompiledSequence(
        result,
        alphabet,
        new Stages(stage(0), definition.withinMs(), Map.copyOf(waits), stepLimits));
  }

  /** The letters of one step, shared by its repetitions. */
  private final class Letters {
    private final long onset;
    private final long broken;
    private final long completion;
    private final long absent;

    Letters(Step step) {
      this.onset = letter(onsetOf(step.what()));
      this.broken = step.persists() ? letter(new Letter.End(node(step.what()))) : 0;
      this.completion = step.persists() ? letter(heldOf(step)) : onset;
      Step not = step.absent();
      this.absent = not == null ? 0 : letter(not.persists() ? heldOf(not) : onsetOf(not.what()));
    }
  }

  private void append(Step step, Letters letters) {
    String stepBefore = completedStage;
    for (int i = 0; i < step.times(); i++) {
      String onset = begin(step, letters, stepBefore);
      completedStage = step.persists() ? hold(step, letters, stepBefore) : onset;
    }
  }

  private String begin(Step step, Letters letters, @Nullable String stepBefore) {
    Pattern<EdgeEvent, EdgeEvent> so = pattern;
    // What must not happen forbids the step also at the very moment the step happens.
    EdgeCondition onset = new EdgeCondition(letters.onset, letters.absent);
    IterativeCondition<EdgeEvent> condition =
        step.persists() ? onset : inTime(onset, step, stepBefore);
    if (so == null) {
      String name = nextStage();
      pattern = Pattern.<EdgeEvent>begin(name).where(condition);
      return name;
    }
    if (letters.absent != 0) {
      so = so.notFollowedBy(nextStage()).where(new EdgeCondition(letters.absent, 0));
    }
    String name = nextStage();
    pattern = so.followedByAny(name).where(condition);
    limit(name, step, stepBefore);
    return name;
  }

  private String hold(Step step, Letters letters, @Nullable String stepBefore) {
    // Until the step completes, so that what must not happen is watched for to the end.
    long ended = letters.broken | letters.absent;
    Pattern<EdgeEvent, EdgeEvent> so =
        started().notFollowedBy(nextStage()).where(new EdgeCondition(ended, 0));
    String name = nextStage();
    pattern =
        so.followedBy(name)
            .where(inTime(new EdgeCondition(letters.completion, ended), step, stepBefore));
    limit(name, step, stepBefore);
    return name;
  }

  private void limit(String stage, Step step, @Nullable String stepBefore) {
    if (step.withinMs() > 0 && stepBefore != null) {
      waits.put(stage, new Stages.Wait(stepBefore, step.withinMs()));
    }
  }

  private static IterativeCondition<EdgeEvent> inTime(
      EdgeCondition letters, Step step, @Nullable String stepBefore) {
    return step.withinMs() > 0 && stepBefore != null
        ? new WithinTimeCondition(letters, stepBefore, step.withinMs())
        : letters;
  }

  private Pattern<EdgeEvent, EdgeEvent> started() {
    if (pattern == null) {
      throw new IllegalStateException("pattern " + definition.id() + " has no steps");
    }
    return pattern;
  }

  private String nextStage() {
    return stage(stages++);
  }

  private static String stage(int number) {
    return "stage-" + number;
  }

  private Letter onsetOf(Condition what) {
    return what instanceof Condition.AlarmOpen alarm
        ? new Letter.Raised(alarm.pattern())
        : new Letter.Begin(node(what));
  }

  private Letter heldOf(Step step) {
    int node = node(step.what());
    table.watch(node, step.forMs());
    return new Letter.Held(node, step.forMs());
  }

  private int node(Condition what) {
    return table.indexOf(what, definition);
  }

  /** A letter of its own for each place: which ones are equal may change with durations. */
  private long letter(Letter letter) {
    if (alphabet.size() == MAX_LETTERS) {
      throw new IllegalArgumentException("pattern " + definition.id() + " has too many steps");
    }
    alphabet.add(letter);
    return 1L << (alphabet.size() - 1);
  }
}
