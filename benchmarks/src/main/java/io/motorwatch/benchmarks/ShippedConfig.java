package io.motorwatch.benchmarks;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The configuration as shipped, with the shipped patterns. Only that no device counts as silent:
 * what is made up here arrived long ago, so that after a minute the watch over silence would find
 * all devices gone for longer than {@code timeline.forget-after}, and forget them.
 */
public final class ShippedConfig {

  private ShippedConfig() {}

  /** Loads {@code conf/motorwatch.yaml} of the project. */
  public static MotorwatchConfig load() throws ConfigException, IOException {
    return ConfigLoader.load(
        Path.of(System.getProperty("motorwatch.home", "."), "conf", "motorwatch.yaml"),
        List.of("timeline.silent-after=1d"),
        Map.of());
  }
}
