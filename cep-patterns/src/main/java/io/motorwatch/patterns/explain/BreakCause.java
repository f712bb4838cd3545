package io.motorwatch.patterns.explain;

/** Why a condition that was true is not any more. */
public sealed interface BreakCause {

  /**
   * A signal's value came back.
   *
   * @param signal its name
   * @param limit the reset it passed; the level, where that became stricter meanwhile
   * @param above whether the signal is true above its level
   */
  record Level(String signal, double value, double limit, boolean above) implements BreakCause {

    /** By how much the limit was passed. */
    public double margin() {
      return Math.abs(limit - value);
    }
  }

  /**
   * There was no reading for too long.
   *
   * @param gapMs between the last reading and the next, milliseconds
   */
  record Gap(long gapMs, long maxGapMs) implements BreakCause {}

  /**
   * The motor is in a state in which it does not count.
   *
   * @param what the signal, or the state that ended
   * @param now the motor's state; {@code unknown} where it is
   */
  record MotorState(String what, String now) implements BreakCause {}

  /** An alarm was cleared, or raised where that is what must not be. */
  record AlarmChanged(String pattern) implements BreakCause {}

  /**
   * It was true with too few of the latest readings.
   *
   * @param held with how many
   * @param count with how many it must be
   * @param of how many are looked at
   */
  record TooFew(int held, int count, int of) implements BreakCause {}

  /** Something became true that must not be. */
  record Became(String what) implements BreakCause {}

  /** The device sent something again. */
  record NotSilent() implements BreakCause {}
}
