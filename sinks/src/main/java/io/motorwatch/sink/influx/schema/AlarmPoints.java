package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import io.motorwatch.sink.influx.TimePrecision;
import java.util.Set;

/**
 * Measurement {@code alarm} in {@code events}: one point per transition, at its device time plus
 * its ordinal in nanoseconds, so that transitions of one millisecond do not replace each other.
 */
public final class AlarmPoints implements PointSerializer<Alarm> {

  public static final String MEASUREMENT = "alarm";

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Alarm alarm, PointWriter out) {
    AlarmEpisode episode = alarm.episode();
    out.begin(Tiers.EVENTS, TimePrecision.NANOSECONDS, MEASUREMENT)
        .tag("site", episode.device().site())
        .tag("device", episode.device().device())
        .tag("pattern", episode.pattern())
        .field("state", alarm.state().name())
        .field("severity", alarm.severity())
        .field("alarm_id", episode.alarmId())
        .field("message", alarm.message())
        .field("value", alarm.value())
        .field("threshold", alarm.threshold())
        .field("peak", alarm.peak())
        .field("duration_ms", alarm.durationMs())
        .field("onset_at", episode.onsetAt())
        .field("raised_at", episode.raisedAt())
        .field("pattern_version", episode.patternVersion())
        .time(EventTime.nanos(alarm.at(), alarm.ordinal()));
  }

  @Override
  public Set<String> tiers() {
    return Set.of(Tiers.EVENTS);
  }
}
