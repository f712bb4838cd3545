package io.motorwatch.patterns.operator;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;

/**
 * Why a device's alarms end though no reading clears them.
 *
 * @param at device time of the end, never before what the alarms have seen
 * @param reason as in an alarm's {@code reason}
 * @param why for a person
 */
record AlarmClearing(DeviceId device, long at, String reason, String why) {

  /** The same at a later time, where it would come before what was told. */
  AlarmClearing notBefore(long told) {
    return told > at ? new AlarmClearing(device, told, reason, why) : this;
  }

  static AlarmClearing patternRemoved(DeviceId device, String pattern, long at) {
    return new AlarmClearing(
        device, at, "pattern-removed", "the pattern " + pattern + " was removed");
  }

  /**
   * At the last moment of the clock as it was: by the new one, an alarm would end before it began.
   */
  static AlarmClearing clockSetBack(ClockSetBack event) {
    return new AlarmClearing(
        event.device(),
        event.from(),
        "clock-set-back",
        "the device's clock was set back, and its patterns start afresh");
  }

  static AlarmClearing forgotten(DeviceForgotten event) {
    return new AlarmClearing(
        event.device(),
        event.lastAt(),
        "device-forgotten",
        "the device has not been heard of for so long that it is forgotten");
  }
}
