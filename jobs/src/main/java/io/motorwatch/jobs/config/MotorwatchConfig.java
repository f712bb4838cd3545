package io.motorwatch.jobs.config;

/** Everything configured, checked. Contract §5 lists the keys; {@link ConfigLoader} reads them. */
public record MotorwatchConfig(
    MqttConfig mqtt,
    InfluxConfig influx,
    PatternsConfig patterns,
    TimelineConfig timeline,
    TiersConfig tiers,
    CommandsConfig commands,
    CheckpointConfig checkpoint) {}
