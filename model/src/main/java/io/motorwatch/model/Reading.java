package io.motorwatch.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * One telemetry message of one device: finite values at one device time. Not to be changed after
 * creation (operators share instances: the job runs with object reuse).
 */
public final class Reading implements DeviceEvent {

  /** {@link #seq()} of a reading whose device sends no sequence numbers. */
  public static final long NO_SEQ = -1;

  private final DeviceId device;
  private final long timestamp;
  private final long arrivedAt;
  private final long seq;
  private final FieldLayout layout;
  private final double[] values;
  private final boolean redelivered;

  /**
   * A reading that comes for the first time.
   *
   * @param timestamp device time, epoch milliseconds
   * @param arrivedAt wall clock at arrival, epoch milliseconds
   * @param seq the device's sequence number, not negative, or {@link #NO_SEQ}
   * @param values one finite number per name of the layout; taken over, not copied
   */
  public Reading(
      DeviceId device,
      long timestamp,
      long arrivedAt,
      long seq,
      FieldLayout layout,
      double[] values) {
    this(device, timestamp, arrivedAt, seq, layout, values, false);
  }

  private Reading(
      DeviceId device,
      long timestamp,
      long arrivedAt,
      long seq,
      FieldLayout layout,
      double[] values,
      boolean redelivered) {
    if (layout.size() != values.length) {
      throw new IllegalArgumentException(layout.size() + " names, " + values.length + " values");
    }
    this.device = Objects.requireNonNull(device);
    this.timestamp = timestamp;
    this.arrivedAt = arrivedAt;
    this.seq = seq;
    this.layout = layout;
    this.values = values;
    this.redelivered = redelivered;
  }

  /** The same, marked as {@link #redelivered}. */
  public Reading asRedelivered() {
    return new Reading(device, timestamp, arrivedAt, seq, layout, values, true);
  }

  /**
   * Whether the broker has sent its message before and got no acknowledgement: its time of arrival
   * is about a failure then, and not about the device.
   */
  public boolean redelivered() {
    return redelivered;
  }

  @Override
  public DeviceId device() {
    return device;
  }

  public long timestamp() {
    return timestamp;
  }

  @Override
  public long arrivedAt() {
    return arrivedAt;
  }

  public long seq() {
    return seq;
  }

  public boolean hasSeq() {
    return seq != NO_SEQ;
  }

  public FieldLayout layout() {
    return layout;
  }

  public int size() {
    return values.length;
  }

  /** One per name of the layout; shared, not to be changed. */
  public double[] values() {
    return values;
  }

  public double value(int slot) {
    return values[slot];
  }

  /** The value of a field, or NaN where the reading lacks it. */
  public double valueOf(String field) {
    int slot = layout.slotOf(field);
    return slot < 0 ? Double.NaN : values[slot];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reading that
        && timestamp == that.timestamp
        && arrivedAt == that.arrivedAt
        && seq == that.seq
        && redelivered == that.redelivered
        && device.equals(that.device)
        && layout.equals(that.layout)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * device.hashCode() + Long.hashCode(timestamp);
  }

  @Override
  public String toString() {
    return "Reading[%s at %d seq %d %s %s]"
        .formatted(device, timestamp, seq, layout, Arrays.toString(values));
  }
}
