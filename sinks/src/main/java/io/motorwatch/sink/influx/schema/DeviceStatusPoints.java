package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.DeviceStatus;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.util.Locale;
import java.util.Set;

/**
 * Measurement {@code device_status} in {@code events}, at the time of the change. What is not known
 * of the device is left out: a made-up time would be drawn as one.
 */
public final class DeviceStatusPoints implements PointSerializer<DeviceStatus> {

  public static final String MEASUREMENT = "device_status";

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(DeviceStatus status, PointWriter out) {
    out.begin(Tiers.EVENTS, MEASUREMENT)
        .tag("site", status.device().site())
        .tag("device", status.device().device())
        .field("status", status.health().name().toLowerCase(Locale.ROOT));
    if (status.lastSeen() != DeviceStatus.NEVER_SEEN) {
      out.field("last_seen", status.lastSeen());
    }
    if (!status.note().isEmpty()) {
      out.field("note", status.note());
    }
    if (status.lost() != DeviceStatus.UNCOUNTED) {
      out.field("lost", status.lost());
    }
    // The writer leaves NaN out.
    out.field("clock_skew_ms", status.clockSkewMs()).time(status.changedAt());
  }

  @Override
  public Set<String> tiers() {
    return Set.of(Tiers.EVENTS);
  }
}
