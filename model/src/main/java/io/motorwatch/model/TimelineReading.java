package io.motorwatch.model;

/**
 * A reading in its place on its device's own time line, with what else is known of the device at
 * that moment. Passed on within a chain of operators; its arrays are not to be changed.
 *
 * @param reading the reading as sent
 * @param late whether it is older than the device's progress: it still corrects aggregates, but the
 *     patterns do not see it
 * @param known the fields the device has ever sent
 * @param latest the newest value of each known field; NaN where it is too old to be believed
 * @param attributes the device's nameplate
 */
public record TimelineReading(
    Reading reading, boolean late, FieldLayout known, double[] latest, Attributes attributes)
    implements TimelineEvent {

  @Override
  public DeviceId device() {
    return reading.device();
  }

  /** Device time, epoch milliseconds. */
  public long timestamp() {
    return reading.timestamp();
  }
}
