package io.motorwatch.jobs.topology;

import java.util.List;

/**
 * The uid of every operator. State is found again by them in savepoints, so they never change; a
 * test walks the job's graph and fails where one is missing or new.
 */
public final class OperatorUids {

  public static final String MQTT_SOURCE = "mqtt-source";
  public static final String DECODE = "decode";
  public static final String PATTERN_GATE = "pattern-gate";
  public static final String ALARM_REQUESTS = "alarm-requests";
  public static final String TIMELINE = "timeline";
  public static final String READINGS = "readings";
  public static final String PATTERNS = "patterns";
  public static final String TIERS = "tiers";
  public static final String TIER_INFO_SOURCE = "tier-info-source";
  public static final String TIER_INFO = "tier-info";
  public static final String SINK_HOT = "sink-hot";
  public static final String SINK_AGGREGATES = "sink-aggregates";
  public static final String SINK_ALARMS = "sink-alarms";
  public static final String SINK_ALERTS = "sink-alerts";
  public static final String SINK_STATUS = "sink-status";
  public static final String SINK_REJECTED = "sink-rejected";
  public static final String SINK_TIER_INFO = "sink-tier-info";
  public static final String SINK_PATTERN_VERDICTS = "sink-pattern-verdicts";

  /** All of them. */
  public static final List<String> ALL =
      List.of(
          MQTT_SOURCE,
          DECODE,
          PATTERN_GATE,
          ALARM_REQUESTS,
          TIMELINE,
          READINGS,
          PATTERNS,
          TIERS,
          TIER_INFO_SOURCE,
          TIER_INFO,
          SINK_HOT,
          SINK_AGGREGATES,
          SINK_ALARMS,
          SINK_ALERTS,
          SINK_STATUS,
          SINK_REJECTED,
          SINK_TIER_INFO,
          SINK_PATTERN_VERDICTS);

  private OperatorUids() {}
}
