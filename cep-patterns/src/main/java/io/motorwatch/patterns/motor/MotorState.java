package io.motorwatch.patterns.motor;

import org.jspecify.annotations.Nullable;

/** Whether a motor is stopped, starting or running. */
public enum MotorState {
  STOP(1),
  START(2),
  RUN(3);

  private static final byte NONE = 0;

  private final byte code;

  MotorState(int code) {
    this.code = (byte) code;
  }

  /** The code in state and savepoints: do not change it. */
  public static byte code(@Nullable MotorState state) {
    return state == null ? NONE : state.code;
  }

  /** The state of a code; null for that of no state. */
  public static @Nullable MotorState of(byte code) {
    for (MotorState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    return null;
  }
}
