package io.motorwatch.patterns.explain;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pattern's evaluation had come to for a device at one time.
 *
 * @param at device time asked for, epoch milliseconds
 * @param lastAt device time of the last reading until then, or {@link Long#MIN_VALUE} for none
 * @param missing what the pattern needs and the device has neither as a field nor on its nameplate,
 *     and attributes by which the pattern chooses its devices
 * @param applies whether the nameplate is one the pattern applies to
 * @param motor the motor's state; empty while it is unknown
 * @param transitions of the pattern's alarms until then, in their order
 * @param open whether an alarm is open
 * @param losses when what had begun was given up before it was complete, and why, the last few
 * @param steps in order
 */
public record Explanation(
    DeviceId device,
    String pattern,
    long at,
    long lastAt,
    Set<String> missing,
    boolean applies,
    String motor,
    List<Alarm> transitions,
    boolean open,
    List<Loss> losses,
    List<StepView> steps) {

  /**
   * A sequence under way that cannot complete any more.
   *
   * @param at device time
   * @param steps how many steps were complete, repetitions counted
   */
  public record Loss(long at, int steps, Why why, String detail) {}

  /** What ended a sequence under way. */
  public enum Why {
    /** A step's condition ended before it had lasted long enough. */
    BROKEN,
    /** Something happened that must not. */
    FORBIDDEN,
    /** It took longer than {@code within} allows. */
    TOO_LATE,
    /** The nameplate changed, or the device's clock. */
    RESTARTED
  }

  /** The transition that raised the alarm that is open, or was open last. */
  public Optional<Alarm> raised() {
    return transitions.stream()
        .filter(each -> each.at() == each.episode().raisedAt() && isRaise(each))
        .reduce((first, second) -> second);
  }

  private static boolean isRaise(Alarm alarm) {
    return switch (alarm.state()) {
      case RAISED, FLAPPING -> true;
      default -> false;
    };
  }
}
