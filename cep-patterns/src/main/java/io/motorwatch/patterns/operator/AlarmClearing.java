package io.motorwatch.patterns.operator;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;

/**
 * Why a device's alarms are cleared without a reading that does so.
 *
 * @param at device time, not before any earlier transition of these alarms
 * @param reason as in an alarm's {@code reason}
 * @param why for a person
 */
record AlarmClearing(DeviceId device, long at, String reason, String why) {

  /** The same, but not before the time at which an alarm was last reported. */
  AlarmClearing notBefore(long reportedAt) {
    return reportedAt > at ? new AlarmClearing(device, reportedAt, reason, why) : this;
  }

  static AlarmClearing patternRemoved(DeviceId device, String pattern, long at) {
    return new AlarmClearing(
        device, at, "pattern-removed", "the pattern " + pattern + " was removed");
  }

  /**
   * At the last time of the old clock: by the new clock, an alarm would be cleared before its
   * onset.
   */
  static AlarmClearing clockSetBack(ClockSetBack event) {
    return new AlarmClearing(
        event.device(),
        event.from(),
        "clock-set-back",
        "the device's clock was set back, and its patterns start again");
  }

  static AlarmClearing forgotten(DeviceForgotten event) {
    return new AlarmClearing(
        event.device(),
        event.lastAt(),
        "device-forgotten",
        "the device has not been heard of for so long that it is forgotten");
  }
}
