package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Aggregate;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;

/**
 * Measurement {@code telemetry_agg} in the aggregate's own tier, at window start: per field {@code
 * F_count} (integer), {@code F_sum}, {@code F_min}, {@code F_max}, {@code F_mean}, {@code F_last}.
 */
public final class AggregatePoints implements PointSerializer<Aggregate> {

  public static final String MEASUREMENT = "telemetry_agg";

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Aggregate window, PointWriter out) {
    out.begin(window.tier(), MEASUREMENT)
        .tag("site", window.device().site())
        .tag("device", window.device().device());
    window
        .fields()
        .forEach(
            (field, s) ->
                out.field(field, "_count", s.count())
                    .field(field, "_sum", s.sum())
                    .field(field, "_min", s.min())
                    .field(field, "_max", s.max())
                    .field(field, "_mean", s.mean())
                    .field(field, "_last", s.last()));
    out.time(window.windowStart());
  }
}
