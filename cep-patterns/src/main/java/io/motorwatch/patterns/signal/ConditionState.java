package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.motor.MotorState;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one device, slot by slot of a {@link ConditionTable}. Mutable; belongs to one
 * key. Nine bytes a condition, and eight more for one that is a signal and true.
 */
public final class ConditionState {

  static final long NEVER = Long.MIN_VALUE;

  final byte[] phases;
  final long[] since;

  /** Extreme since the signal became true; meaningless elsewhere. */
  final double[] peaks;

  @Nullable MotorState motor;

  /** Device time at which the motor entered its state. */
  long motorSince;

  long lastAt = NEVER;

  public ConditionState(int size) {
    this.phases = new byte[size];
    this.since = new long[size];
    this.peaks = new double[size];
  }

  public boolean holds(int node) {
    return phases[node] == Phase.TRUE;
  }

  /** Whether a condition holds and has for this long, milliseconds, at the last reading. */
  public boolean hasHeld(int node, long durationMs) {
    return holds(node) && lastAt - since[node] >= durationMs;
  }

  public double peak(int signal) {
    return peaks[signal];
  }

  public long lastAt() {
    return lastAt;
  }

  /** A copy that shares nothing. */
  public ConditionState copy() {
    ConditionState copy = new ConditionState(phases.length);
    System.arraycopy(phases, 0, copy.phases, 0, phases.length);
    System.arraycopy(since, 0, copy.since, 0, since.length);
    System.arraycopy(peaks, 0, copy.peaks, 0, peaks.length);
    copy.motor = motor;
    copy.motorSince = motorSince;
    copy.lastAt = lastAt;
    return copy;
  }

  /** Writes phases, and what they need: nothing more for a condition that is unknown. */
  public void write(DataOutputView out) throws IOException {
    out.writeShort(phases.length);
    out.writeLong(lastAt);
    out.writeByte(MotorState.code(motor));
    out.writeLong(motorSince);
    for (int i = 0; i < phases.length; i++) {
      out.writeByte(phases[i]);
      if (phases[i] != Phase.UNKNOWN) {
        out.writeLong(since[i]);
      }
      if (phases[i] == Phase.TRUE) {
        out.writeDouble(peaks[i]);
      }
    }
  }

  public static ConditionState read(DataInputView in) throws IOException {
    ConditionState state = new ConditionState(in.readUnsignedShort());
    state.lastAt = in.readLong();
    state.motor = MotorState.of(in.readByte());
    state.motorSince = in.readLong();
    for (int i = 0; i < state.phases.length; i++) {
      state.phases[i] = in.readByte();
      if (state.phases[i] != Phase.UNKNOWN) {
        state.since[i] = in.readLong();
      }
      if (state.phases[i] == Phase.TRUE) {
        state.peaks[i] = in.readDouble();
      }
    }
    return state;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConditionState that
        && lastAt == that.lastAt
        && motor == that.motor
        && motorSince == that.motorSince
        && Arrays.equals(phases, that.phases)
        && Arrays.equals(since, that.since)
        && Arrays.equals(peaks, that.peaks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(phases) * 31 + Long.hashCode(lastAt);
  }
}
