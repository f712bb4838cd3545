package io.motorwatch.jobs.config;

import io.motorwatch.tiers.TierSettings;
import io.motorwatch.timeline.TimelineSettings;

/** Everything configured, checked. Contract §5 lists the keys; {@link ConfigLoader} reads them. */
public record MotorwatchConfig(
    MqttConfig mqtt,
    InfluxConfig influx,
    PatternsConfig patterns,
    TimelineSettings timeline,
    TierSettings tiers,
    CommandsConfig commands,
    CheckpointConfig checkpoint) {

  /** The same with its state elsewhere. */
  public MotorwatchConfig with(CheckpointConfig other) {
    return new MotorwatchConfig(mqtt, influx, patterns, timeline, tiers, commands, other);
  }

  /** The same as another client of the broker. */
  public MotorwatchConfig withClientIdPrefix(String prefix) {
    return new MotorwatchConfig(
        mqtt.withClientIdPrefix(prefix), influx, patterns, timeline, tiers, commands, checkpoint);
  }
}
