package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.FieldStatistics.Further;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.util.Set;

/**
 * Measurement {@code telemetry_agg} in the aggregate's own tier, at window start: per field {@code
 * F_count} (integer), {@code F_sum}, {@code F_min}, {@code F_max}, {@code F_mean}, {@code F_last},
 * and what the tier is configured to have further.
 */
public final class AggregatePoints implements PointSerializer<Aggregate> {

  public static final String MEASUREMENT = "telemetry_agg";

  private static final long serialVersionUID = 1L;

  private final Set<String> tiers;

  /**
   * @param tiers that there are, for the sink's metrics
   */
  public AggregatePoints(Set<String> tiers) {
    this.tiers = Set.copyOf(tiers);
  }

  @Override
  public void serialize(Aggregate window, PointWriter out) {
    out.begin(window.tier(), MEASUREMENT)
        .tag("site", window.device().site())
        .tag("device", window.device().device());
    window.fields().forEach((field, statistics) -> write(field, statistics, out));
    out.time(window.windowStart());
  }

  private static void write(String field, FieldStatistics statistics, PointWriter out) {
    out.field(field, "_count", statistics.count())
        .field(field, "_sum", statistics.sum())
        .field(field, "_min", statistics.min())
        .field(field, "_max", statistics.max())
        .field(field, "_mean", statistics.mean())
        .field(field, "_last", statistics.last());
    for (Further further : statistics.further()) {
      out.field(field, further.suffix(), further.value());
    }
  }

  @Override
  public Set<String> tiers() {
    return tiers;
  }
}
