package io.motorwatch.model;

/**
 * A reading in its place on its device's own time line, with what else is known of the device at
 * that moment. Passed on within a chain of operators; its arrays are not to be changed.
 *
 * @param reading the reading as sent
 * @param late whether it is older than the device's progress: it still corrects aggregates, but the
 *     patterns do not see it
 * @param known the fields the device has ever sent
 * @param latest the newest value of each known field; NaN where it is too old to be used
 * @param attributes the device's nameplate
 */
public record TimelineReading(
    Reading reading, boolean late, FieldLayout known, double[] latest, Attributes attributes)
    implements TimelineEvent {

  /** A reading that holds every field the device has ever sent. */
  public static TimelineReading complete(Reading reading, Attributes attributes) {
    return new TimelineReading(reading, false, reading.layout(), reading.values(), attributes);
  }

  /** A reading older than its device's progress, with its own values only. */
  public static TimelineReading late(Reading reading, Attributes attributes) {
    return new TimelineReading(reading, true, reading.layout(), reading.values(), attributes);
  }

  @Override
  public DeviceId device() {
    return reading.device();
  }

  /** Device time, epoch milliseconds. */
  public long timestamp() {
    return reading.timestamp();
  }
}
