package io.motorwatch.tools.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.motorwatch.tools.health.AlarmSystemHealth.Count;
import java.util.List;

/** The report as one JSON object: times in epoch milliseconds, shares from 0 to 1. */
public final class HealthJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HealthJson() {}

  public static ObjectNode of(AlarmSystemHealth health, List<Remedy> remedies) {
    AlarmSystemHealth.Load load = health.load();
    ObjectNode json =
        JSON.objectNode()
            .put("since", health.since())
            .put("until", health.until())
            .put("alarms", health.alarms())
            .put("devices", health.devices())
            .put("acknowledged", health.acknowledged())
            .put("alarmsPerHour", load.perHour())
            .put("alarmsPerDay", load.perDay())
            .put("peakTenMinutes", load.peakTenMinutes())
            .put("peakAt", load.peakAt())
            .put("floodShare", load.floodShare())
            .put("chattering", health.nuisance().chatteringAlarms())
            .put("fleeting", health.nuisance().fleeting())
            .put("topTenShare", health.topTenShare());
    ObjectNode severities = json.putObject("bySeverity");
    health.bySeverity().forEach(severities::put);
    counts(json.putArray("chatteringSources"), health.nuisance().chattering());
    counts(json.putArray("topTen"), health.topTen());
    alarms(json.putArray("stale"), health.nuisance().stale());
    alarms(json.putArray("standing"), health.standing());
    health.neverRaised().forEach(json.putArray("neverRaised")::add);
    ArrayNode all = json.putArray("remedies");
    for (Remedy remedy : remedies) {
      all.addObject()
          .put("kind", remedy.kind())
          .put("pattern", remedy.pattern())
          .put("problem", remedy.problem())
          .put("change", remedy.change())
          .put("spared", remedy.spared());
    }
    return json;
  }

  private static void counts(ArrayNode into, List<Count> counts) {
    for (Count count : counts) {
      source(into.addObject(), count.source()).put("alarms", count.alarms());
    }
  }

  private static void alarms(ArrayNode into, List<AlarmRecord> alarms) {
    for (AlarmRecord alarm : alarms) {
      source(into.addObject(), alarm.source())
          .put("alarmId", alarm.alarmId())
          .put("severity", alarm.severity())
          .put("raisedAt", alarm.raisedAt());
    }
  }

  private static ObjectNode source(ObjectNode into, AlarmSource source) {
    return into.put("site", source.device().site())
        .put("device", source.device().device())
        .put("pattern", source.pattern());
  }
}
