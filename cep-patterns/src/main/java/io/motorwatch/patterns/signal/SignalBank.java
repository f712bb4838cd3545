package io.motorwatch.patterns.signal;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import io.motorwatch.patterns.signal.Edge.Kind;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns readings into edges: judges every condition of a device with every reading of it, by
 * contract §6. All arithmetic is on device time. Holds nothing of any device; one instance per
 * operator, for its task thread only.
 */
public final class SignalBank {

  private static final long NO_GAP = Long.MAX_VALUE;

  private final ConditionTable table;
  private final double[] values;
  private final boolean anyAlarmNodes;

  public SignalBank(ConditionTable table) {
    this.table = table;
    this.values = new double[table.size()];
    this.anyAlarmNodes = hasAlarmNodes(table);
  }

  private static boolean hasAlarmNodes(ConditionTable table) {
    for (int i = 0; i < table.size(); i++) {
      if (table.node(i) instanceof Node.Alarm) {
        return true;
      }
    }
    return false;
  }

  /** The value a signal had with the reading judged last; NaN where it was not known. */
  public double value(int signal) {
    return values[signal];
  }

  /**
   * Judges a reading. Afterwards {@code state} is that with this reading.
   *
   * @param at the reading's device time, not before the state's
   * @param variables values of the pattern set's variables; NaN where unknown
   * @param alarmOpen whether a pattern's alarm is open
   * @param edges takes what changed: first all gaps and exits, then all enters, then all helds
   */
  public void judge(
      DeviceId device,
      long at,
      double[] variables,
      Predicate<String> alarmOpen,
      ConditionState state,
      List<Edge> edges) {
    long before = state.lastAt;
    long pause = before == ConditionState.NEVER ? 0 : at - before;
    startAfresh(device, pause, state, edges);
    state.lastAt = at;
    MotorState motor = table.motor().next(state.motor, at - state.motorSince, variables);
    if (motor != state.motor) {
      state.motor = motor;
      state.motorSince = at;
    }
    for (int i = 0; i < values.length; i++) {
      enter(i, evaluate(i, device, variables, alarmOpen, state), at, state, edges);
    }
    sortByKind(edges);
    for (int i = 0; i < values.length; i++) {
      tellHeld(i, before, at, state, edges);
    }
  }

  /**
   * Judges once more what depends on alarms, after one was raised or cleared with the reading
   * judged last.
   */
  public void alarmsChanged(Predicate<String> alarmOpen, ConditionState state, List<Edge> edges) {
    if (!anyAlarmNodes) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      Node node = table.node(i);
      if (node instanceof Node.Alarm alarm) {
        enter(i, Phase.of(alarmOpen.test(alarm.pattern())), state.lastAt, state, edges);
      } else if (node instanceof Node.Derived derived) {
        enter(i, derived.derive(state.phases), state.lastAt, state, edges);
      }
    }
  }

  private void startAfresh(DeviceId device, long pause, ConditionState state, List<Edge> edges) {
    if (pause == 0) {
      return;
    }
    if (pause > table.motorGapMs()) {
      state.motor = null;
    }
    for (int i = 0; i < values.length; i++) {
      if (pause > gapOf(i, device)) {
        if (state.phases[i] == Phase.TRUE) {
          edges.add(new Edge(i, Kind.GAP, 0));
        }
        state.phases[i] = Phase.UNKNOWN;
      }
    }
  }

  private long gapOf(int index, DeviceId device) {
    Node node = table.node(index);
    if (node instanceof Node.Signal signal) {
      return signal.levelFor(device).maxGapMs();
    }
    if (node instanceof Node.Motor) {
      return table.motorGapMs();
    }
    long gap = NO_GAP;
    for (int input : node.inputs()) {
      gap = Math.min(gap, gapOf(input, device));
    }
    return gap;
  }

  private byte evaluate(
      int index,
      DeviceId device,
      double[] variables,
      Predicate<String> alarmOpen,
      ConditionState state) {
    Node node = table.node(index);
    if (node instanceof Node.Signal signal) {
      return signalPhase(index, signal, device, variables, state);
    }
    if (node instanceof Node.Derived derived) {
      return derived.derive(state.phases);
    }
    if (node instanceof Node.Motor motor) {
      MotorState now = state.motor;
      return now == null ? Phase.UNKNOWN : Phase.of(now == motor.state());
    }
    return Phase.of(alarmOpen.test(((Node.Alarm) node).pattern()));
  }

  private byte signalPhase(
      int index, Node.Signal signal, DeviceId device, double[] variables, ConditionState state) {
    SignalDefinition definition = signal.definition();
    double value = definition.value().evaluate(variables);
    byte before = state.phases[index];
    if (!Double.isFinite(value)) {
      values[index] = Double.NaN;
      return before;
    }
    values[index] = value;
    if (definition.dependsOnMotor() && !definition.whileStates().contains(state.motor)) {
      return Phase.FALSE;
    }
    SignalLevel level = signal.levelFor(device);
    if (before == Phase.TRUE) {
      state.peaks[index] = level.extreme(state.peaks[index], value);
      return Phase.of(!level.exitsAt(value));
    }
    if (level.entersAt(value)) {
      state.peaks[index] = value;
      return Phase.TRUE;
    }
    return Phase.FALSE;
  }

  private static void enter(
      int index, byte phase, long at, ConditionState state, List<Edge> edges) {
    byte before = state.phases[index];
    if (phase == before) {
      return;
    }
    state.phases[index] = phase;
    state.since[index] = at;
    if (phase == Phase.TRUE) {
      edges.add(new Edge(index, Kind.ENTER, 0));
    } else if (before == Phase.TRUE) {
      edges.add(new Edge(index, Kind.EXIT, 0));
    }
  }

  /** Stable: within a kind, the order of the table. */
  private static void sortByKind(List<Edge> edges) {
    if (edges.size() > 1) {
      edges.sort((a, b) -> a.kind().compareTo(b.kind()));
    }
  }

  private void tellHeld(int index, long before, long at, ConditionState state, List<Edge> edges) {
    if (state.phases[index] != Phase.TRUE) {
      return;
    }
    for (long duration : table.durationsOf(index)) {
      long due = state.since[index] + duration;
      if (at >= due && before < due) {
        edges.add(new Edge(index, Kind.HELD, duration));
      }
    }
  }
}
