package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.motor.MotorState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings into edges: judges every condition of a device with every reading of it, by
 * contract §6. All arithmetic is on device time. Holds nothing of any device; one instance per
 * operator, for its task thread only.
 */
public final class ConditionEvaluator {

  private static final int NONE = -1;

  private final ConditionTable table;
  private final ConditionLogic rules;
  private final Expression[] expressions;
  private final long[][] durations;
  private final double[] values;
  private final boolean[] valued;

  /** Motor states in which a signal counts; null where it always does. */
  private final @Nullable Set<MotorState>[] whileStates;

  private final boolean anyAlarmNodes;

  /** The node of silence, or {@link #NONE}. */
  private final int silent;

  private final boolean[] silenceCounts;

  /**
   * Takes the table as it is: nothing may be added to it afterwards.
   *
   * @param table of the pattern set to judge by
   */
  public ConditionEvaluator(ConditionTable table) {
    this.table = table;
    int size = table.size();
    this.rules = table.phaseRules();
    this.expressions = new Expression[size];
    this.durations = new long[size][];
    this.values = new double[size];
    this.valued = new boolean[size];
    this.whileStates = newSets(size);
    this.silenceCounts = new boolean[size];
    boolean alarms = false;
    int silence = NONE;
    Map<String, Expression> once = new HashMap<>();
    for (int i = 0; i < size; i++) {
      ConditionNode node = table.node(i);
      durations[i] = table.durationsOf(i);
      alarms |= node instanceof ConditionNode.Alarm;
      silence = node instanceof ConditionNode.Silent ? i : silence;
      silenceCounts[i] = table.dependsOnSilence(i);
      if (node instanceof ConditionNode.Signal signal) {
        SignalDefinition definition = signal.definition();
        // Signals of one expression share it, so that the processor finds it in its cache.
        expressions[i] = once.computeIfAbsent(definition.text(), text -> definition.value());
        valued[i] = true;
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

  /** The value a signal had with the reading judged last; NaN where it was not known. */
  public double value(int signal) {
    return values[signal];
  }

  /**
   * Judges a reading. Afterwards {@code state} is that with this reading.
   *
   * @param at the reading's device time, not before the state's
   * @param variables values of the pattern set's variables, NaN where unknown; those of trace
   *     functions are filled in
   * @param levels the device's, by {@link ConditionTable#levelsOf}
   * @param edges takes what changed
   */
  public void judge(
      long at,
      double[] variables,
      DeviceLevels levels,
      OpenAlarmLookup alarms,
      DeviceConditions state,
      ConditionEdges edges) {
    long before = state.lastAt;
    long pause = before == DeviceConditions.NEVER ? 0 : at - before;
    if (pause > 0) {
      startAfresh(pause, levels, state, edges);
    }
    // What was reached in silence has been told then.
    long silentTo = before + lasted(state);
    state.lastAt = at;
    MotorState motor = table.motor().next(state.motor, at - state.motorSince, variables);
    boolean started = motor == MotorState.START && state.motor == MotorState.STOP;
    table.traces().follow(variables, at, started, state.memory);
    if (motor != state.motor) {
      state.motor = motor;
      state.motorSince = at;
    }
    for (int i = 0; i < valued.length; i++) {
      byte phase =
          valued[i] ? signalPhase(i, levels.of(i), variables, state) : otherPhase(i, alarms, state);
      if (phase != state.phases[i]) {
        change(i, phase, at, state, edges.ends(), edges.begins());
      }
    }
    for (int i = 0; i < valued.length; i++) {
      if (durations[i].length > 0 && state.phases[i] == TruthValue.TRUE) {
        tellHeld(i, silenceCounts[i] ? silentTo : before, at, state, edges);
      }
    }
  }

  /** Whether any condition asks for silence. */
  public boolean hearsSilence() {
    return silent != NONE;
  }

  /**
   * Judges that the device has said nothing since its last reading; that reading is where silence
   * begins. Only conditions that depend on silence change.
   *
   * @param lastedMs how long it has lasted, milliseconds of the wall clock; the device's own clock
   *     stands still
   */
  public void judgeSilence(long lastedMs, DeviceConditions state, ConditionEdges edges) {
    Arrays.fill(values, Double.NaN);
    long told = state.lastAt + lasted(state);
    for (int i = 0; i < valued.length; i++) {
      if (silenceCounts[i]) {
        byte phase = rules.isDerived(i) ? rules.derived(i, state.phases) : TruthValue.TRUE;
        if (phase != state.phases[i]) {
          change(i, phase, state.lastAt, state, edges.ends(), edges.begins());
        }
      }
    }
    state.setPeak(silent, (double) lastedMs);
    for (int i = 0; i < valued.length; i++) {
      if (silenceCounts[i] && state.phases[i] == TruthValue.TRUE) {
        tellHeld(i, told, state.lastAt + lastedMs, state, edges);
      }
    }
  }

  /** How long the device has been told to be silent, milliseconds; 0 while it is not. */
  private long lasted(DeviceConditions state) {
    return silent != NONE && state.phases[silent] == TruthValue.TRUE
        ? (long) state.peak(silent)
        : 0;
  }

  /**
   * Judges once more what depends on alarms, after one was raised or cleared with the reading
   * judged last.
   */
  public void alarmsChanged(OpenAlarmLookup alarms, DeviceConditions state, ConditionEdges edges) {
    if (!anyAlarmNodes) {
      return;
    }
    for (int i = 0; i < valued.length; i++) {
      if (rules.kind(i) == NodeKind.ALARM || rules.isDerived(i)) {
        byte phase = otherPhase(i, alarms, state);
        if (phase != state.phases[i]) {
          change(i, phase, state.lastAt, state, edges.lateEnds(), edges.lateBegins());
        }
      }
    }
  }

  private void startAfresh(
      long pause, DeviceLevels levels, DeviceConditions state, ConditionEdges edges) {
    if (pause > table.motorGapMs()) {
      state.motor = null;
    }
    for (int i = 0; i < valued.length; i++) {
      if (pause > levels.gaps()[i]) {
        if (state.phases[i] == TruthValue.TRUE) {
          edges.ends().add(i);
        }
        state.forget(i);
      }
    }
  }

  private byte otherPhase(int index, OpenAlarmLookup alarms, DeviceConditions state) {
    return switch (rules.kind(index)) {
      case SILENT -> TruthValue.FALSE;
      case MOTOR -> rules.motor(index, state.motor);
      case ALARM -> rules.alarm(index, alarms);
      default -> rules.derived(index, state.phases);
    };
  }

  private byte signalPhase(
      int index, SignalLevel level, double[] variables, DeviceConditions state) {
    double value = expressions[index].evaluate(variables);
    byte before = state.phases[index];
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
    // A level made stricter while the signal is true is judged anew: the old one let it in.
    boolean exits = state.wasMilder(index, level) ? !level.entersAt(value) : level.exitsAt(value);
    state.setPeak(index, level.extreme(state.peak(index), value));
    state.setLevel(index, level.level());
    return TruthValue.of(!exits);
  }

  private static void change(
      int index,
      byte phase,
      long at,
      DeviceConditions state,
      ConditionEdges.Nodes ends,
      ConditionEdges.Nodes begins) {
    byte before = state.phases[index];
    state.phases[index] = phase;
    state.since[index] = at;
    if (phase == TruthValue.TRUE) {
      begins.add(index);
    } else if (before == TruthValue.TRUE) {
      ends.add(index);
    }
  }

  private void tellHeld(
      int index, long before, long at, DeviceConditions state, ConditionEdges edges) {
    for (long duration : durations[index]) {
      long due = state.since[index] + duration;
      if (at >= due && before < due) {
        edges.addHeld(index, duration);
      }
    }
  }
}
