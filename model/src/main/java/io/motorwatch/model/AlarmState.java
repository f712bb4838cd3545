package io.motorwatch.model;

/** The transition an alarm made; in the terms of ISA-18.2 where it has one. */
public enum AlarmState {
  RAISED,
  ESCALATED,
  CLEARED,
  /**
   * Reported once more, since it is still open and nobody has acknowledged it, or since a latched
   * one's condition has come again.
   */
  REPEATED,
  /** Somebody has acknowledged it. */
  ACKNOWLEDGED,
  /** The condition of a latched alarm is over; it stays open until acknowledged. */
  RETURNED,
  /** Raised so often lately that it now stands for all of its kind until that has been over. */
  FLAPPING,
  /** Somebody does not want to hear of it for a time. */
  SHELVED,
  /** That time is over, and the alarm still open. */
  UNSHELVED
}
