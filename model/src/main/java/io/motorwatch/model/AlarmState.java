package io.motorwatch.model;

/** The transition an alarm made. */
public enum AlarmState {
  RAISED,
  ESCALATED,
  CLEARED
}
