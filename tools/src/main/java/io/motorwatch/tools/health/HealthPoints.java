package io.motorwatch.tools.health;

import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.util.Set;

/**
 * Measurement {@code alarm_health} in {@code events}, for dashboards: the numbers of one report at
 * the end of its range. The same range written again replaces itself.
 */
public final class HealthPoints implements PointSerializer<AlarmSystemHealth> {

  public static final String MEASUREMENT = "alarm_health";

  private static final long serialVersionUID = 1L;
  private static final String TIER = "events";
  private static final double DAY_MS = 86_400_000;

  @Override
  public void serialize(AlarmSystemHealth health, PointWriter out) {
    AlarmSystemHealth.Load load = health.load();
    out.begin(TIER, MEASUREMENT)
        .field("alarms", (long) health.alarms())
        .field("range_ms", health.until() - health.since())
        .field("alarms_per_day", health.alarms() / ((health.until() - health.since()) / DAY_MS))
        .field("peak_ten_minutes", (long) load.peakTenMinutes())
        .field("flood_share", load.floodShare())
        .field("chattering", (long) health.nuisance().chatteringAlarms())
        .field("fleeting", (long) health.nuisance().fleeting())
        .field("stale", (long) health.nuisance().stale().size())
        .field("standing", (long) health.standing().size())
        .field("top_ten_share", health.topTenShare())
        .time(health.until());
  }

  @Override
  public Set<String> tiers() {
    return Set.of(TIER);
  }
}
