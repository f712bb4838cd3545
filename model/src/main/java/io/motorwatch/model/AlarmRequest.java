package io.motorwatch.model;

/**
 * What a person asks of an alarm: to mark it as acknowledged, or to shelve a pattern for a time
 * (ISA-18.2).
 *
 * @param device the device; of a request that names its alarm by id alone, one that stands for a
 *     key group
 * @param alarmId the alarm's id, or empty
 * @param pattern the pattern's id; empty where the alarm is named by its own
 * @param action what is asked
 * @param by who asks, or empty
 * @param arrivedAt wall clock at arrival, epoch milliseconds
 */
public record AlarmRequest(
    DeviceId device, String alarmId, String pattern, Action action, String by, long arrivedAt)
    implements ForwardedEvent {

  /** What can be asked. */
  public sealed interface Action permits Acknowledge, Shelve {}

  /** Somebody has seen it. */
  public record Acknowledge() implements Action {}

  /**
   * Not to be reported before a time.
   *
   * @param until device time, epoch milliseconds; or {@link #RELATIVE}
   * @param forMs from the device's last reading, milliseconds; 0 where {@code until} is given
   */
  public record Shelve(long until, long forMs) implements Action {
    public static final long RELATIVE = Long.MIN_VALUE;
  }

  /** Whether only the id of the alarm is known, so that the request goes to every device. */
  public boolean toAll() {
    return !alarmId.isEmpty();
  }

  /** The same to another device. */
  public AlarmRequest to(DeviceId other) {
    return new AlarmRequest(other, alarmId, pattern, action, by, arrivedAt);
  }
}
