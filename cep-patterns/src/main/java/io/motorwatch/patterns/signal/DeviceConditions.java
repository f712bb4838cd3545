package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The truth values of one device's conditions, by their index in a {@link ConditionTable}. Mutable;
 * belongs to one key. Written to state are the known signals (nine bytes each while false, up to
 * nineteen more once they have been true), and since when other conditions are true where that
 * matters. All else is derived from these.
 */
public final class DeviceConditions {

  static final long NEVER = Long.MIN_VALUE;
  private static final double[] NONE = {};
  private static final long[] NO_READINGS = {};

  final ConditionTable table;
  final byte[] truths;
  final long[] since;

  /**
   * The extreme of a signal since it became true, or while it last was true; for silence, how long
   * it has lasted, milliseconds; NaN where there is none. Empty until there is one, as for nearly
   * all devices.
   */
  private double[] peaks = NONE;

  /** The levels of true signals at the last reading; meaningless elsewhere. */
  private double[] levels = NONE;

  /** The latest readings of conditions that count them; see {@link CountedReadings}. */
  final long[] readings;

  /** The memory of stateful functions; see {@link FunctionMemory}. */
  double[] memory;

  @Nullable MotorState motor;

  /** Device time at which the motor entered its state. */
  long motorSince;

  long lastAt = NEVER;

  private DeviceConditions(ConditionTable table, int size) {
    this.table = table;
    this.truths = new byte[size];
    this.since = new long[size];
    int counted = table.logic().countedSize();
    this.readings = counted == 0 ? NO_READINGS : new long[counted];
    Arrays.fill(readings, CountedReadings.NONE);
    this.memory = FunctionMemory.NONE;
  }

  /** Of a device without a reading: all unknown. */
  public static DeviceConditions unknown(ConditionTable table) {
    return new DeviceConditions(table, table.size());
  }

  public boolean holds(int index) {
    return truths[index] == TruthValue.TRUE;
  }

  /** Whether a condition is known to be false: not where it is unknown, as after a gap. */
  public boolean isFalse(int index) {
    return truths[index] == TruthValue.FALSE;
  }

  /** Whether a condition holds and has for this long, milliseconds, at the last reading. */
  public boolean hasHeld(int index, long durationMs) {
    return holds(index) && lastAt - since[index] >= durationMs;
  }

  /** Whether a condition holds and had for this long, milliseconds, at an earlier reading. */
  public boolean hadHeld(int index, long durationMs, long at) {
    return holds(index) && at != NEVER && at - since[index] >= durationMs;
  }

  /** With how many of the readings that a counted condition looks at it was true. */
  int heldReadings(int index) {
    CountedReadings counted = table.logic().counted(index);
    return counted == null ? 0 : counted.held(readings[counted.slot()]);
  }

  /** Device time since when a true condition has been true. */
  public long since(int index) {
    return since[index];
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
      peaks = new double[truths.length];
      Arrays.fill(peaks, Double.NaN);
    }
    peaks[index] = peak;
  }

  /** Sets the level of a true signal at the last reading. */
  void setLevel(int signal, double level) {
    if (levels.length == 0) {
      levels = new double[truths.length];
    }
    levels[signal] = level;
  }

  private double level(int signal) {
    return levels.length == 0 ? Double.NaN : levels[signal];
  }

  /** Makes a condition unknown. */
  void forget(int index) {
    truths[index] = TruthValue.UNKNOWN;
    CountedReadings counted = table.logic().counted(index);
    if (counted != null) {
      readings[counted.slot()] = CountedReadings.NONE;
    }
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
    DeviceConditions copy = new DeviceConditions(table, truths.length);
    System.arraycopy(truths, 0, copy.truths, 0, truths.length);
    System.arraycopy(since, 0, copy.since, 0, since.length);
    System.arraycopy(readings, 0, copy.readings, 0, readings.length);
    copy.peaks = peaks.length == 0 ? NONE : peaks.clone();
    copy.levels = levels.length == 0 ? NONE : levels.clone();
    copy.memory = memory.clone();
    copy.motor = motor;
    copy.motorSince = motorSince;
    copy.lastAt = lastAt;
    return copy;
  }

  /** What is written to state. */
  public RestoredConditions toSave() {
    List<RestoredConditions.Entry> conditions = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      byte form = form(i);
      if (form != 0) {
        ConditionId id = table.id(i);
        CountedReadings counted = table.logic().counted(i);
        conditions.add(
            new RestoredConditions.Entry(
                id.own(),
                id.shared(),
                form,
                since[i],
                peak(i),
                level(i),
                counted == null ? CountedReadings.NONE : readings[counted.slot()]));
      }
    }
    return new RestoredConditions(
        lastAt, motor, motorSince, conditions, table.functionMemory().toSave(memory));
  }

  /** The form in which a condition is written; 0: not at all. */
  private byte form(int i) {
    ConditionNode.Kind kind = table.logic().kind(i);
    if (truths[i] == TruthValue.UNKNOWN) {
      boolean differs = kind == ConditionNode.Kind.SIGNAL && table.hasVariants(i);
      return differs ? RestoredConditions.SIGNAL_UNKNOWN : 0;
    }
    boolean holds = truths[i] == TruthValue.TRUE;
    if (kind == ConditionNode.Kind.SIGNAL) {
      if (holds) {
        return RestoredConditions.SIGNAL_TRUE;
      }
      return Double.isNaN(peak(i))
          ? RestoredConditions.SIGNAL_FALSE
          : RestoredConditions.SIGNAL_WAS_TRUE;
    }
    if (kind == ConditionNode.Kind.COUNTED) {
      return holds ? RestoredConditions.COUNTED_TRUE : RestoredConditions.COUNTED_FALSE;
    }
    if (kind == ConditionNode.Kind.SILENT) {
      return holds ? RestoredConditions.SILENT_TRUE : 0;
    }
    return holds && table.keepsSince(i) ? RestoredConditions.OTHER_TRUE : 0;
  }

  /** The conditions of a table, restored from state written under the same pattern file. */
  public static DeviceConditions restore(
      RestoredConditions restored, ConditionTable table, OpenAlarmLookup alarms) {
    return of(restored.ofSameFile(table), restored, table, alarms);
  }

  /** The conditions of a table, restored from state written under another pattern file. */
  public static DeviceConditions adopt(
      RestoredConditions restored, ConditionTable table, OpenAlarmLookup alarms) {
    return of(restored.ofOtherFile(table), restored, table, alarms);
  }

  private static DeviceConditions of(
      RestoredConditions.@Nullable Entry[] all,
      RestoredConditions restored,
      ConditionTable table,
      OpenAlarmLookup alarms) {
    DeviceConditions state = unknown(table);
    state.motor = restored.motor();
    state.motorSince = restored.motorSince();
    state.lastAt = restored.lastAt();
    state.memory = table.functionMemory().restore(restored.functions());
    ConditionLogic logic = table.logic();
    for (int i = 0; i < state.truths.length; i++) {
      RestoredConditions.Entry found = all[i];
      if (found != null) {
        state.since[i] = found.since();
        if (!Double.isNaN(found.peak())) {
          state.setPeak(i, found.peak());
        }
        if (!Double.isNaN(found.level())) {
          state.setLevel(i, found.level());
        }
        CountedReadings counted = logic.counted(i);
        if (counted != null) {
          state.readings[counted.slot()] = found.readings();
        }
      }
      state.truths[i] = state.truthOf(i, found, logic, alarms);
      if (found == null && state.truths[i] == TruthValue.TRUE) {
        state.since[i] =
            logic.kind(i) == ConditionNode.Kind.MOTOR ? state.motorSince : state.lastAt;
      }
    }
    return state;
  }

  private byte truthOf(
      int i,
      RestoredConditions.@Nullable Entry found,
      ConditionLogic logic,
      OpenAlarmLookup alarms) {
    if (logic.isComposed(i)) {
      return logic.composed(i, truths);
    }
    return switch (logic.kind(i)) {
      case MOTOR -> logic.motor(i, motor);
      case ALARM -> lastAt == NEVER ? TruthValue.UNKNOWN : logic.alarm(i, alarms);
      default -> {
        if (found == null) {
          boolean sends = logic.kind(i) == ConditionNode.Kind.SILENT && lastAt != NEVER;
          yield sends ? TruthValue.FALSE : TruthValue.UNKNOWN;
        }
        yield found.truth();
      }
    };
  }

  /** Whether a true signal became or stayed true by a milder level than this. */
  boolean wasMilder(int signal, SignalLevel level) {
    return level.isStricterThan(level(signal));
  }
}
