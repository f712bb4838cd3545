package io.motorwatch.patterns.motor;

import org.jspecify.annotations.Nullable;

/** What a reading is of a motor's start. */
public enum StartPhase {
  /** No part of one; also where a start has failed, so that the motor stands again. */
  NONE,
  /** Its first reading. */
  BEGINS,
  /** One within it. */
  LASTS,
  /** The first reading of the running motor. */
  ENDS;

  /** By the motor's states with the reading before and with this one; null where unknown. */
  public static StartPhase of(@Nullable MotorState before, @Nullable MotorState now) {
    if (now == MotorState.START) {
      return before == MotorState.STOP ? BEGINS : LASTS;
    }
    return before == MotorState.START && now == MotorState.RUN ? ENDS : NONE;
  }
}
