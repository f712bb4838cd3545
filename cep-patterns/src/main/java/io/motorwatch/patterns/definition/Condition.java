package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.motor.MotorState;
import java.util.List;

/** A condition of a pattern: true, false or unknown for a device at each reading. */
public sealed interface Condition {

  /** A signal is true. */
  record On(String signal) implements Condition {}

  /** Another condition is false. */
  record Not(Condition of) implements Condition {}

  /** All of several are true. */
  record All(List<Condition> of) implements Condition {}

  /** At least one of several is true. */
  record Any(List<Condition> of) implements Condition {}

  /**
   * Another condition was true with at least so many of the latest readings with which it was
   * evaluated; not of silence or alarms, which are not evaluated by readings.
   *
   * @param count at least 1
   * @param of how many readings are looked at, from {@code count} to {@link #MOST_READINGS}
   */
  record Counted(Condition what, int count, int of) implements Condition {

    public static final int MOST_READINGS = 60;
  }

  /** The motor is in a state. */
  record Motor(MotorState state) implements Condition {}

  /** The device has been silent for longer than it may be. */
  record Silent() implements Condition {}

  /** Another pattern's alarm is open; as a step, its being raised. */
  record AlarmOpen(String pattern) implements Condition {}
}
