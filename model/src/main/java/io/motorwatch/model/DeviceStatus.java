package io.motorwatch.model;

/**
 * A change of a device's health.
 *
 * @param lastSeen device time of its newest reading, epoch milliseconds; {@link #NEVER_SEEN} while
 *     there was none
 * @param clockSkewMs how far the device's clock is behind arrival (negative: ahead); NaN while it
 *     is unknown
 * @param changedAt wall clock of the change, epoch milliseconds
 */
public record DeviceStatus(
    DeviceId device, Health health, long lastSeen, double clockSkewMs, long changedAt) {

  /** For {@code lastSeen} of a device that has sent no reading. */
  public static final long NEVER_SEEN = Long.MIN_VALUE;

  /** The public codes are the names in lower case. */
  public enum Health {
    ONLINE,
    OFFLINE,
    SILENT
  }
}
