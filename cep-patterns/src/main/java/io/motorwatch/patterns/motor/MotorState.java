package io.motorwatch.patterns.motor;

/** What a motor is doing. */
public enum MotorState {
  STOP,
  START,
  RUN
}
