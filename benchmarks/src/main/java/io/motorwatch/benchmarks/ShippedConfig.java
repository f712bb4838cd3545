package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration as shipped, with the shipped patterns. */
public final class ShippedConfig {

  private ShippedConfig() {}

  /** Loads {@code conf/motorwatch.yaml} of the project. */
  public static MotorwatchConfig load() throws ConfigException, IOException {
    return ConfigLoader.load(
        Path.of(System.getProperty("motorwatch.home", "."), "conf", "motorwatch.yaml"),
        List.of(),
        Map.of());
  }
}
