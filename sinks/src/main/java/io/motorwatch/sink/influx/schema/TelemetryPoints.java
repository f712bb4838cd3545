package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measurement {@code telemetry} in {@code hot}: each field as a float at device time. A reading
 * older than the tier keeps is left out and counted: a device that uploads an old backlog would
 * have the server refuse every request.
 *
 * <p>A member named as a tag, or {@code time}, would hide the tag in InfluxQL for the whole
 * measurement: {@code WHERE device = 'x'} then finds nothing of any device. Such a field gets one
 * {@code _} more: {@code device} becomes {@code device_}, and {@code device_} becomes {@code
 * device__}, so that two fields of one reading never become one.
 */
public final class TelemetryPoints implements PointSerializer<Reading> {

  public static final String MEASUREMENT = "telemetry";

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration keep;
  private final Clock clock;

  /**
   * @param keep the retention of {@code hot}; null keeps indefinitely
   * @param clock the wall clock; must be serializable, as the JDK's clocks are
   */
  public TelemetryPoints(@Nullable Duration keep, Clock clock) {
    this.keep = keep;
    this.clock = clock;
  }

  @Override
  public void serialize(Reading reading, PointWriter out) {
    if (keep != null && reading.timestamp() < clock.millis() - keep.toMillis()) {
      out.beyondRetention();
      return;
    }
    out.begin(Tiers.HOT, MEASUREMENT)
        .tag("site", reading.device().site())
        .tag("device", reading.device().device());
    for (int i = 0; i < reading.size(); i++) {
      String name = reading.layout().name(i);
      out.field(name, reserved(name) ? "_" : "", reading.value(i));
    }
    out.time(reading.timestamp());
  }

  /** The field of a reading that a field of {@link #MEASUREMENT} is. */
  public static String readingField(String stored) {
    return stored.endsWith("_") && reserved(stored)
        ? stored.substring(0, stored.length() - 1)
        : stored;
  }

  /** Whether a name is a reserved one, with any number of {@code _} behind it. */
  private static boolean reserved(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '_') {
      end--;
    }
    return switch (end) {
      case 4 -> name.startsWith("site") || name.startsWith("time");
      case 6 -> name.startsWith("device");
      default -> false;
    };
  }

  @Override
  public Set<String> tiers() {
    return Set.of(Tiers.HOT);
  }
}
