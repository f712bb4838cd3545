package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.compiler.NFACompiler.NFAFactory;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A pattern's steps as a Flink CEP pattern, with the types of the events it takes. Event types are
 * bits in the order of the steps, so that events kept in state mean the same under any file that
 * has the same steps, whatever their levels and durations.
 */
public final class CompiledSequence {

  /** A step with a duration has three event types: it begins, it ends, it has held. */
  private static final int LAST_OF_FIRST_STEP = 2;

  private final Pattern<EdgeEvent, ?> pattern;
  private final List<EdgeType> edgeTypes;
  private final StageLimits limits;
  private final List<Stage> stages;

  /** What can happen to a device that matters to the pattern; each has a bit of a long. */
  sealed interface EdgeType {

    /** A condition becomes true. */
    record Begin(int condition) implements EdgeType {}

    /** A condition stops being true: it becomes false, or a gap makes it unknown. */
    record End(int condition) implements EdgeType {}

    /** A condition has been true for a duration, milliseconds. */
    record Held(int condition, long durationMs) implements EdgeType {}

    /** Another pattern's alarm is raised. */
    record AlarmRaised(String pattern) implements EdgeType {}
  }

  /**
   * The time limits of the stages of the CEP pattern.
   *
   * @param first the stage at which the first step begins
   * @param withinMs how long the whole may take, milliseconds; 0: no limit
   * @param waits how long a partial match may wait at a stage, by stage; absent: indefinitely
   * @param anyStepLimit whether any step must complete within a time of the step before
   */
  record StageLimits(String first, long withinMs, Map<String, Wait> waits, boolean anyStepLimit) {

    /**
     * How long a partial match may wait at a stage, milliseconds.
     *
     * @param from the stage from which it is measured: the one that completes the step before
     */
    record Wait(String from, long withinMs) {}

    boolean any() {
      return withinMs > 0 || anyStepLimit;
    }
  }

  /**
   * A stage of the CEP pattern that takes an event.
   *
   * @param step the index of its step
   * @param repetition which of the step's {@code times}, from 0
   * @param completes whether the step is complete with it, and not only begun
   */
  public record Stage(String name, int step, int repetition, boolean completes) {}

  CompiledSequence(
      Pattern<EdgeEvent, ?> pattern,
      List<EdgeType> edgeTypes,
      StageLimits limits,
      List<Stage> stages) {
    this.pattern = pattern;
    this.edgeTypes = List.copyOf(edgeTypes);
    this.limits = limits;
    this.stages = List.copyOf(stages);
  }

  /** Its stages in their order. */
  public List<Stage> stages() {
    return stages;
  }

  /** The types of the events that these conditions end. */
  public long ends(ConditionEdges.Indexes conditions) {
    long types = 0;
    for (int i = 0; i < edgeTypes.size(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.End end && contains(conditions, end.condition())) {
        types |= 1L << i;
      }
    }
    return types;
  }

  /** The types of the events that these conditions begin. */
  public long begins(ConditionEdges.Indexes conditions) {
    long types = 0;
    for (int i = 0; i < edgeTypes.size(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.Begin begin
          && contains(conditions, begin.condition())) {
        types |= 1L << i;
      }
    }
    return types;
  }

  /** The types of the events that conditions have held for a duration. */
  public long held(ConditionEdges edges) {
    long types = 0;
    for (int i = 0; i < edgeTypes.size(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.Held held) {
        for (int j = 0; j < edges.held().size(); j++) {
          if (edges.held().get(j) == held.condition() && edges.heldMs(j) == held.durationMs()) {
            types |= 1L << i;
          }
        }
      }
    }
    return types;
  }

  /** The types of the events that these patterns' alarms are raised. */
  public long raised(List<String> patterns) {
    long types = 0;
    for (int i = 0; i < edgeTypes.size() && !patterns.isEmpty(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.AlarmRaised raised
          && patterns.contains(raised.pattern())) {
        types |= 1L << i;
      }
    }
    return types;
  }

  /** The durations of its event types, milliseconds, in the order of the steps. */
  public long[] durations() {
    List<Long> durations = new ArrayList<>();
    for (EdgeType type : edgeTypes) {
      if (type instanceof EdgeType.Held held) {
        durations.add(held.durationMs());
      }
    }
    return durations.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The types of events that conditions have held for a duration, with the first reading after a
   * change of durations.
   *
   * @param before {@link #durations} of the file before
   * @param lastAt device time of the last reading under that file
   * @param ofReading those of the reading by this file's durations alone
   */
  public long heldAfterChange(
      long[] before, DeviceConditions conditions, long lastAt, long ofReading) {
    long types = ofReading;
    int place = 0;
    for (int i = 0; i < edgeTypes.size(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.Held held) {
        boolean reached =
            place < before.length && conditions.hadHeld(held.condition(), before[place], lastAt);
        if (reached) {
          // The event has happened under the file before: it must not happen twice.
          types &= ~(1L << i);
        } else if (conditions.hadHeld(held.condition(), held.durationMs(), lastAt)) {
          types |= 1L << i;
        }
        place++;
      }
    }
    return types;
  }

  /**
   * The same with the first reading of a pattern that is new to the device: whether the duration of
   * its first step has been reached already.
   *
   * @param lastAt device time of the last reading before
   * @param ofReading those of the reading itself
   */
  public long heldByFirstStep(DeviceConditions conditions, long lastAt, long ofReading) {
    for (int i = 0; i < edgeTypes.size(); i++) {
      if (edgeTypes.get(i) instanceof EdgeType.Held held) {
        boolean first = i <= LAST_OF_FIRST_STEP && edgeTypes.get(i - 1) instanceof EdgeType.End;
        boolean reached = first && conditions.hadHeld(held.condition(), held.durationMs(), lastAt);
        return reached ? ofReading | 1L << i : ofReading;
      }
    }
    return ofReading;
  }

  private static boolean contains(ConditionEdges.Indexes conditions, int condition) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) == condition) {
        return true;
      }
    }
    return false;
  }

  /** The type of the event that the first step begins. */
  public long firstOnset() {
    return 1L;
  }

  StageLimits limits() {
    return limits;
  }

  NFAFactory<EdgeEvent> compile() {
    return NFACompiler.compileFactory(pattern, false);
  }

  Pattern<EdgeEvent, ?> pattern() {
    return pattern;
  }
}
