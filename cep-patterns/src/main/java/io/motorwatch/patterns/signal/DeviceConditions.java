package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one device, slot by slot of a {@link ConditionTable}. Mutable; belongs to one
 * key. Written are the signals that are known, nine bytes each while false, up to nineteen more
 * once they have been true (times as distances, values as short decimals), and of other conditions
 * only since when they hold, where that matters: the rest follows from these.
 */
public final class DeviceConditions {

  static final long NEVER = Long.MIN_VALUE;
  private static final double[] NONE = {};

  final ConditionTable table;
  final byte[] phases;
  final long[] since;

  /**
   * Extreme of a signal since it became true, or while it last was; of silence, how long it has
   * been told to last, milliseconds; NaN where there is none. Empty until there is one, as of
   * nearly all devices.
   */
  private double[] peaks = NONE;

  /** The levels by which true signals were judged last; meaningless elsewhere. */
  private double[] levels = NONE;

  /** What trace functions remember; see {@link FunctionMemory}. */
  double[] memory;

  @Nullable MotorState motor;

  /** Device time at which the motor entered its state. */
  long motorSince;

  long lastAt = NEVER;

  private DeviceConditions(ConditionTable table, int size) {
    this.table = table;
    this.phases = new byte[size];
    this.since = new long[size];
    this.memory = table.traces().fresh();
  }

  /** Of a device nothing is known of. */
  public static DeviceConditions fresh(ConditionTable table) {
    return new DeviceConditions(table, table.size());
  }

  public boolean holds(int node) {
    return phases[node] == TruthValue.TRUE;
  }

  /**
   * Whether a condition is known not to hold: not one of which nothing is known, as after a gap.
   */
  public boolean isFalse(int node) {
    return phases[node] == TruthValue.FALSE;
  }

  /** Whether a condition holds and has for this long, milliseconds, at the last reading. */
  public boolean hasHeld(int node, long durationMs) {
    return holds(node) && lastAt - since[node] >= durationMs;
  }

  /** Whether a condition holds and had for this long, milliseconds, at an earlier reading. */
  public boolean hadHeld(int node, long durationMs, long at) {
    return holds(node) && at != NEVER && at - since[node] >= durationMs;
  }

  /** Device time since when a condition that holds does so. */
  public long since(int node) {
    return since[node];
  }

  /** See {@link #peaks}. */
  double peak(int index) {
    return peaks.length == 0 ? Double.NaN : peaks[index];
  }

  /** A signal's extreme while it was true since the onset, or NaN if it was not. */
  public double peakSince(int signal, long onset) {
    return holds(signal) || since[signal] >= onset ? peak(signal) : Double.NaN;
  }

  void setPeak(int index, double peak) {
    if (peaks.length == 0) {
      peaks = new double[phases.length];
      Arrays.fill(peaks, Double.NaN);
    }
    peaks[index] = peak;
  }

  /** The level by which a true signal was judged with the last reading. */
  void setLevel(int signal, double level) {
    if (levels.length == 0) {
      levels = new double[phases.length];
    }
    levels[signal] = level;
  }

  private double level(int signal) {
    return levels.length == 0 ? Double.NaN : levels[signal];
  }

  /** Nothing is known of a condition any more. */
  void forget(int index) {
    phases[index] = TruthValue.UNKNOWN;
    if (peaks.length > 0) {
      peaks[index] = Double.NaN;
    }
  }

  /** Device time of the last reading, or {@link Long#MIN_VALUE}. */
  public long lastAt() {
    return lastAt;
  }

  public ConditionTable table() {
    return table;
  }

  /** A copy that shares nothing but the table. */
  public DeviceConditions copy() {
    DeviceConditions copy = new DeviceConditions(table, phases.length);
    System.arraycopy(phases, 0, copy.phases, 0, phases.length);
    System.arraycopy(since, 0, copy.since, 0, since.length);
    copy.peaks = peaks.length == 0 ? NONE : peaks.clone();
    copy.levels = levels.length == 0 ? NONE : levels.clone();
    copy.memory = memory.clone();
    copy.motor = motor;
    copy.motorSince = motorSince;
    copy.lastAt = lastAt;
    return copy;
  }

  /** What is to be kept of it. */
  public RestoredConditions kept() {
    List<RestoredConditions.Kept> conditions = new ArrayList<>();
    for (int i = 0; i < phases.length; i++) {
      byte form = form(i);
      if (form != 0) {
        ConditionId id = table.id(i);
        conditions.add(
            new RestoredConditions.Kept(id.own(), id.shared(), form, since[i], peak(i), level(i)));
      }
    }
    return new RestoredConditions(
        lastAt, motor, motorSince, conditions, table.traces().kept(memory));
  }

  /** How a condition is written; 0: not at all. */
  private byte form(int i) {
    NodeKind kind = table.phaseRules().kind(i);
    if (phases[i] == TruthValue.UNKNOWN) {
      boolean taken = kind == NodeKind.SIGNAL && table.isSeenDifferently(i);
      return taken ? RestoredConditions.SIGNAL_UNKNOWN : 0;
    }
    boolean holds = phases[i] == TruthValue.TRUE;
    if (kind == NodeKind.SIGNAL) {
      if (holds) {
        return RestoredConditions.SIGNAL_TRUE;
      }
      return Double.isNaN(peak(i))
          ? RestoredConditions.SIGNAL_FALSE
          : RestoredConditions.SIGNAL_WAS_TRUE;
    }
    if (kind == NodeKind.SILENT) {
      return holds ? RestoredConditions.SILENT_TRUE : 0;
    }
    return holds && table.isTimed(i) ? RestoredConditions.OTHER_TRUE : 0;
  }

  /** The conditions of a table by what is kept of them under the very same pattern file. */
  public static DeviceConditions restore(
      RestoredConditions kept, ConditionTable table, OpenAlarmLookup alarms) {
    return of(kept.ofSameFile(table), kept, table, alarms);
  }

  /** The conditions of a table by what is kept of them under another pattern file. */
  public static DeviceConditions adopt(
      RestoredConditions kept, ConditionTable table, OpenAlarmLookup alarms) {
    return of(kept.ofOtherFile(table), kept, table, alarms);
  }

  private static DeviceConditions of(
      RestoredConditions.@Nullable Kept[] all,
      RestoredConditions kept,
      ConditionTable table,
      OpenAlarmLookup alarms) {
    DeviceConditions state = fresh(table);
    state.motor = kept.motor();
    state.motorSince = kept.motorSince();
    state.lastAt = kept.lastAt();
    state.memory = table.traces().adopt(kept.traces());
    ConditionLogic rules = table.phaseRules();
    for (int i = 0; i < state.phases.length; i++) {
      RestoredConditions.Kept found = all[i];
      if (found != null) {
        state.since[i] = found.since();
        if (!Double.isNaN(found.peak())) {
          state.setPeak(i, found.peak());
        }
        if (!Double.isNaN(found.level())) {
          state.setLevel(i, found.level());
        }
      }
      state.phases[i] = state.phaseOf(i, found, rules, alarms);
      if (found == null && state.phases[i] == TruthValue.TRUE) {
        state.since[i] = rules.kind(i) == NodeKind.MOTOR ? state.motorSince : state.lastAt;
      }
    }
    return state;
  }

  private byte phaseOf(
      int i,
      RestoredConditions.@Nullable Kept found,
      ConditionLogic rules,
      OpenAlarmLookup alarms) {
    if (rules.isDerived(i)) {
      return rules.derived(i, phases);
    }
    return switch (rules.kind(i)) {
      case MOTOR -> rules.motor(i, motor);
      case ALARM -> lastAt == NEVER ? TruthValue.UNKNOWN : rules.alarm(i, alarms);
      default -> {
        if (found == null) {
          boolean speaks = rules.kind(i) == NodeKind.SILENT && lastAt != NEVER;
          yield speaks ? TruthValue.FALSE : TruthValue.UNKNOWN;
        }
        yield found.phase();
      }
    };
  }

  /** Whether a signal that is true has been judged by a milder level than this. */
  boolean wasMilder(int signal, SignalLevel level) {
    return level.isStricterThan(level(signal));
  }
}
