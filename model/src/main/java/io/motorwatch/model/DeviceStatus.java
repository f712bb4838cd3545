package io.motorwatch.model;

/**
 * A change of a device's health.
 *
 * @param lastSeen device time of its newest reading, epoch milliseconds
 * @param clockSkewMs how far the device's clock is behind arrival (negative: ahead)
 * @param changedAt wall clock of the change, epoch milliseconds
 */
public record DeviceStatus(
    DeviceId device, Health health, long lastSeen, double clockSkewMs, long changedAt) {

  /** The public codes are the names in lower case. */
  public enum Health {
    ONLINE,
    OFFLINE,
    SILENT
  }
}
