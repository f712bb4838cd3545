package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measurement {@code telemetry} in {@code hot}: each field as a float at device time. A reading
 * older than the tier keeps is left out and counted: a device that uploads an old backlog would
 * have the server refuse every request.
 */
public final class TelemetryPoints implements PointSerializer<Reading> {

  public static final String MEASUREMENT = "telemetry";

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration keep;
  private final Clock clock;

  /**
   * @param keep the retention of {@code hot}; null keeps for ever
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
      out.field(reading.layout().name(i), reading.value(i));
    }
    out.time(reading.timestamp());
  }
}
