package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.motor.MotorState;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings into edges: evaluates every condition of a device with each of its readings, by
 * contract §6. All arithmetic is on device time. Holds no state of any device; one instance per
 * operator, for its task thread only.
 */
public final class ConditionEvaluator {

  private static final int NONE = -1;

  private final ConditionTable table;
  private final ConditionLogic logic;
  private final Expression[] expressions;
  private final long[][] durations;
  private final double[] values;
  private final boolean[] isSignal;

  /** Motor states in which a signal may be true; null: all of them. */
  private final @Nullable Set<MotorState>[] whileStates;

  private final boolean anyAlarmNodes;

  /** The index of the silence condition, or {@link #NONE}. */
  private final int silent;

  private final boolean[] ofSilence;

  /**
   * @param table of the pattern file; nothing may be added to it afterwards
   */
  public ConditionEvaluator(ConditionTable table) {
    this.table = table;
    int size = table.size();
    this.logic = table.logic();
    this.expressions = new Expression[size];
    this.durations = new long[size][];
    this.values = new double[size];
    this.isSignal = new boolean[size];
    this.whileStates = newSets(size);
    this.ofSilence = new boolean[size];
    boolean alarms = false;
    int silence = NONE;
    Map<String, Expression> once = new HashMap<>();
    for (int i = 0; i < size; i++) {
      ConditionNode node = table.node(i);
      durations[i] = table.durationsOf(i);
      alarms |= node instanceof ConditionNode.Alarm;
      silence = node instanceof ConditionNode.Silent ? i : silence;
      ofSilence[i] = table.dependsOnSilence(i);
      if (node instanceof ConditionNode.Signal signal) {
        SignalDefinition definition = signal.definition();
        // Signals with the same expression share the object, which keeps it in the processor's
        // cache.
        expressions[i] = once.computeIfAbsent(definition.text(), text -> definition.value());
        isSignal[i] = true;
        whileStates[i] = definition.dependsOnMotor() ? definition.whileStates() : null;
      }
    }
    this.anyAlarmNodes = alarms;
    this.silent = silence;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types.
  private static @Nullable Set<MotorState>[] newSets(int size) {
    return (@Nullable Set<MotorState>[]) new Set[size];
  }

  /** The value of a signal with the last reading; NaN where it was unknown. */
  public double value(int signal) {
    return values[signal];
  }

  /**
   * Evaluates a reading, and changes {@code state} in place.
   *
   * @param at the reading's device time, not before the state's
   * @param variables values of the file's variables, NaN where unknown; those of stateful functions
   *     are filled in
   * @param levels the device's, by {@link ConditionTable#levelsOf}
   * @param functions the device's, by {@link ConditionTable#functionsOf}
   * @param edges receives what changes
   */
  public void evaluate(
      long at,
      double[] variables,
      DeviceLevels levels,
      long functions,
      OpenAlarmLookup alarms,
      DeviceConditions state,
      ConditionEdges edges) {
    long before = state.lastAt;
    long gap = before == DeviceConditions.NEVER ? 0 : at - before;
    if (gap > 0) {
      forgetAfterGap(gap, levels, state, edges);
    }
    // Durations reached during silence have been reported then.
    long silentTo = before + lasted(state);
    state.lastAt = at;
    MotorState motor = table.motor().next(state.motor, at - state.motorSince, variables);
    StartPhase start = StartPhase.of(state.motor, motor);
    state.memory = table.functionMemory().withRoom(functions, state.memory);
    table.functionMemory().evaluate(functions, variables, at, start, state.memory);
    if (motor != state.motor) {
      state.motor = motor;
      state.motorSince = at;
    }
    for (int i = 0; i < isSignal.length; i++) {
      byte truth =
          isSignal[i]
              ? signalTruth(i, levels.of(i), variables, state)
              : otherTruth(i, alarms, state);
      if (truth != state.truths[i]) {
        change(i, truth, at, state, edges.ends(), edges.begins());
      }
    }
    for (int i = 0; i < isSignal.length; i++) {
      if (durations[i].length > 0 && state.truths[i] == TruthValue.TRUE) {
        addHeld(i, ofSilence[i] ? silentTo : before, at, state, edges);
      }
    }
  }

  /** Whether any condition depends on silence. */
  public boolean dependsOnSilence() {
    return silent != NONE;
  }

  /**
   * Evaluates that the device has been silent since its last reading, with which the silence
   * begins. Only conditions that depend on silence change.
   *
   * @param lastedMs how long it has lasted, milliseconds of the wall clock; the device's own clock
   *     stands still
   */
  public void evaluateSilence(long lastedMs, DeviceConditions state, ConditionEdges edges) {
    Arrays.fill(values, Double.NaN);
    long reported = state.lastAt + lasted(state);
    for (int i = 0; i < isSignal.length; i++) {
      if (ofSilence[i]) {
        byte truth = logic.isComposed(i) ? logic.composed(i, state.truths) : TruthValue.TRUE;
        if (truth != state.truths[i]) {
          change(i, truth, state.lastAt, state, edges.ends(), edges.begins());
        }
      }
    }
    state.setPeak(silent, (double) lastedMs);
    for (int i = 0; i < isSignal.length; i++) {
      if (ofSilence[i] && state.truths[i] == TruthValue.TRUE) {
        addHeld(i, reported, state.lastAt + lastedMs, state, edges);
      }
    }
  }

  /** How long the silence reported so far has lasted, milliseconds; 0 without silence. */
  private long lasted(DeviceConditions state) {
    return silent != NONE && state.truths[silent] == TruthValue.TRUE
        ? (long) state.peak(silent)
        : 0;
  }

  /**
   * Evaluates the conditions that depend on alarms again, after an alarm was raised or cleared with
   * the last reading.
   */
  public void alarmsChanged(OpenAlarmLookup alarms, DeviceConditions state, ConditionEdges edges) {
    if (!anyAlarmNodes) {
      return;
    }
    for (int i = 0; i < isSignal.length; i++) {
      if (logic.kind(i) == ConditionNode.Kind.ALARM || logic.isComposed(i)) {
        byte truth = otherTruth(i, alarms, state);
        if (truth != state.truths[i]) {
          change(i, truth, state.lastAt, state, edges.endsByAlarm(), edges.beginsByAlarm());
        }
      }
    }
  }

  private void forgetAfterGap(
      long gap, DeviceLevels levels, DeviceConditions state, ConditionEdges edges) {
    if (gap > table.motorGapMs()) {
      state.motor = null;
    }
    for (int i = 0; i < isSignal.length; i++) {
      if (gap > levels.gaps()[i]) {
        if (state.truths[i] == TruthValue.TRUE) {
          edges.ends().add(i);
        }
        state.forget(i);
      }
    }
  }

  private byte otherTruth(int index, OpenAlarmLookup alarms, DeviceConditions state) {
    return switch (logic.kind(index)) {
      case SILENT -> TruthValue.FALSE;
      case MOTOR -> logic.motor(index, state.motor);
      case ALARM -> logic.alarm(index, alarms);
      case COUNTED -> countedTruth(index, state);
      default -> logic.composed(index, state.truths);
    };
  }

  private byte countedTruth(int index, DeviceConditions state) {
    CountedReadings counted = Objects.requireNonNull(logic.counted(index));
    byte now = state.truths[counted.what()];
    long readings = state.readings[counted.slot()];
    if (now != TruthValue.UNKNOWN && counted.isEvaluated(values)) {
      readings = CountedReadings.with(readings, now == TruthValue.TRUE);
      state.readings[counted.slot()] = readings;
    }
    return counted.truth(readings);
  }

  private byte signalTruth(
      int index, SignalLevel level, double[] variables, DeviceConditions state) {
    double value = expressions[index].evaluate(variables);
    byte before = state.truths[index];
    if (!Double.isFinite(value)) {
      values[index] = Double.NaN;
      return before;
    }
    values[index] = value;
    Set<MotorState> states = whileStates[index];
    if (states != null && (state.motor == null || !states.contains(state.motor))) {
      return TruthValue.FALSE;
    }
    if (before != TruthValue.TRUE) {
      if (!level.entersAt(value)) {
        return TruthValue.FALSE;
      }
      state.setPeak(index, value);
      state.setLevel(index, level.level());
      return TruthValue.TRUE;
    }
    // A level that became stricter while the signal is true applies at once.
    boolean exits = state.wasMilder(index, level) ? !level.entersAt(value) : level.exitsAt(value);
    state.setPeak(index, level.extreme(state.peak(index), value));
    state.setLevel(index, level.level());
    return TruthValue.of(!exits);
  }

  private static void change(
      int index,
      byte truth,
      long at,
      DeviceConditions state,
      ConditionEdges.Indexes ends,
      ConditionEdges.Indexes begins) {
    byte before = state.truths[index];
    state.truths[index] = truth;
    state.since[index] = at;
    if (truth == TruthValue.TRUE) {
      begins.add(index);
    } else if (before == TruthValue.TRUE) {
      ends.add(index);
    }
  }

  private void addHeld(
      int index, long before, long at, DeviceConditions state, ConditionEdges edges) {
    for (long duration : durations[index]) {
      long due = state.since[index] + duration;
      if (at >= due && before < due) {
        edges.addHeld(index, duration);
      }
    }
  }
}
