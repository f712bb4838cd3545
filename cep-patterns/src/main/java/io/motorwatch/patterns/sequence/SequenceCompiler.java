package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.sequence.CompiledSequence.EdgeType;
import io.motorwatch.patterns.sequence.CompiledSequence.StageLimits;
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
 * Compiles a pattern's steps to a Flink CEP pattern. A step {@code on: S, for: D} becomes {@code
 * BEGIN(S)} → not followed by {@code END(S)} → followed by {@code HELD(S, D)}: a few events per
 * episode, however fast the readings arrive, and a match carries onset and completion.
 *
 * <p>If a later step fails, because it ends early, is forbidden by a {@code not} or completes too
 * late, the steps before it stay valid and a later attempt can still match ({@code followedByAny}).
 */
public final class SequenceCompiler {

  /** Event types are bits of a long. Ten steps need at most five each. */
  private static final int MAX_EDGE_TYPES = 63;

  private final ConditionTable table;
  private final PatternDefinition definition;
  private final List<EdgeType> edgeTypes = new ArrayList<>();
  private final Map<String, StageLimits.Wait> waits = new HashMap<>();
  private final List<CompiledSequence.Stage> taken = new ArrayList<>();
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
    for (int i = 0; i < definition.sequence().size(); i++) {
      append(i, new StepEdges(definition.sequence().get(i)));
    }
    Pattern<EdgeEvent, EdgeEvent> result = started();
    if (definition.withinMs() > 0) {
      // Flink times out at start + window; "within 1h" includes the reading one hour later.
      result = result.within(Duration.ofMillis(definition.withinMs() + 1));
    }
    boolean anyStepLimit = definition.sequence().stream().anyMatch(step -> step.withinMs() > 0);
    return new CompiledSequence(
        result,
        edgeTypes,
        new StageLimits(stage(0), definition.withinMs(), Map.copyOf(waits), anyStepLimit),
        taken);
  }

  /** The event types of one step, shared by its repetitions. */
  private final class StepEdges {
    private final long onset;
    private final long broken;
    private final long completion;
    private final long absent;

    StepEdges(Step step) {
      this.onset = typeBit(onsetOf(step.what()));
      this.broken = step.persists() ? typeBit(new EdgeType.End(indexOf(step.what()))) : 0;
      this.completion = step.persists() ? typeBit(heldOf(step)) : onset;
      Step not = step.absent();
      this.absent = not == null ? 0 : typeBit(not.persists() ? heldOf(not) : onsetOf(not.what()));
    }
  }

  private void append(int index, StepEdges edges) {
    Step step = definition.sequence().get(index);
    String stepBefore = completedStage;
    for (int i = 0; i < step.times(); i++) {
      String onset = begin(step, edges, stepBefore);
      taken.add(new CompiledSequence.Stage(onset, index, i, !step.persists()));
      completedStage = step.persists() ? hold(step, edges, stepBefore) : onset;
      if (step.persists()) {
        taken.add(new CompiledSequence.Stage(completedStage, index, i, true));
      }
    }
  }

  private String begin(Step step, StepEdges edges, @Nullable String stepBefore) {
    Pattern<EdgeEvent, EdgeEvent> so = pattern;
    // An event that the step's not forbids does so also at the time of the step itself.
    EdgeCondition onset = new EdgeCondition(edges.onset, edges.absent);
    IterativeCondition<EdgeEvent> condition =
        step.persists() ? onset : withinTime(onset, step, stepBefore);
    if (so == null) {
      String name = nextStage();
      pattern = Pattern.<EdgeEvent>begin(name).where(condition);
      return name;
    }
    if (edges.absent != 0) {
      so = so.notFollowedBy(nextStage()).where(new EdgeCondition(edges.absent, 0));
    }
    String name = nextStage();
    pattern = so.followedByAny(name).where(condition);
    limit(name, step, stepBefore);
    return name;
  }

  private String hold(Step step, StepEdges edges, @Nullable String stepBefore) {
    // Forbidden until the step completes.
    long ended = edges.broken | edges.absent;
    Pattern<EdgeEvent, EdgeEvent> so =
        started().notFollowedBy(nextStage()).where(new EdgeCondition(ended, 0));
    String name = nextStage();
    pattern =
        so.followedBy(name)
            .where(withinTime(new EdgeCondition(edges.completion, ended), step, stepBefore));
    limit(name, step, stepBefore);
    return name;
  }

  private void limit(String stage, Step step, @Nullable String stepBefore) {
    if (step.withinMs() > 0 && stepBefore != null) {
      waits.put(stage, new StageLimits.Wait(stepBefore, step.withinMs()));
    }
  }

  private static IterativeCondition<EdgeEvent> withinTime(
      EdgeCondition edges, Step step, @Nullable String stepBefore) {
    return step.withinMs() > 0 && stepBefore != null
        ? new WithinTimeCondition(edges, stepBefore, step.withinMs())
        : edges;
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

  private EdgeType onsetOf(Condition what) {
    return what instanceof Condition.AlarmOpen alarm
        ? new EdgeType.AlarmRaised(alarm.pattern())
        : new EdgeType.Begin(indexOf(what));
  }

  private EdgeType heldOf(Step step) {
    int condition = indexOf(step.what());
    table.addDuration(condition, step.forMs());
    return new EdgeType.Held(condition, step.forMs());
  }

  private int indexOf(Condition what) {
    return table.indexOf(what, definition);
  }

  /** Each place has its own event type: which types are equal may change with durations. */
  private long typeBit(EdgeType type) {
    if (edgeTypes.size() == MAX_EDGE_TYPES) {
      throw new IllegalArgumentException("pattern " + definition.id() + " has too many steps");
    }
    edgeTypes.add(type);
    return 1L << (edgeTypes.size() - 1);
  }
}
