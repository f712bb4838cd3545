package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;

/** Which alarm of which device: the unit that chatters, stands or is shelved. */
public record AlarmSource(DeviceId device, String pattern) {

  @Override
  public String toString() {
    return pattern + " of " + device.path();
  }
}
