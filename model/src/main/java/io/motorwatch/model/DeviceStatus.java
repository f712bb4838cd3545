package io.motorwatch.model;

/**
 * A change of a device's health or of its clock.
 *
 * @param lastSeen device time of its newest reading, epoch milliseconds; {@link #NEVER_SEEN} while
 *     there was none
 * @param clockSkewMs how far the device's clock is behind arrival (negative: ahead); NaN while it
 *     is unknown
 * @param lost readings missed so far, by gaps in the device's sequence numbers; {@link #UNCOUNTED}
 *     of a device without them
 * @param note what else there is to say, for a person; empty for nothing
 * @param changedAt wall clock of the change, epoch milliseconds
 */
public record DeviceStatus(
    DeviceId device,
    Health health,
    long lastSeen,
    double clockSkewMs,
    long lost,
    String note,
    long changedAt) {

  /** For {@code lastSeen} of a device that has sent no reading. */
  public static final long NEVER_SEEN = Long.MIN_VALUE;

  /** For {@code lost} of a device without sequence numbers. */
  public static final long UNCOUNTED = -1;

  /** The public codes are the names in lower case. */
  public enum Health {
    ONLINE,
    OFFLINE,
    SILENT
  }
}
