package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that runs the job. */
final class ConfigOptions {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The config file; see conf/motorwatch.yaml.")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Overrides a key of the config; may be repeated.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for broker, database and cluster; default ${DEFAULT-VALUE}.")
  int connectTimeoutSeconds;

  Duration connectTimeout() {
    return Duration.ofSeconds(connectTimeoutSeconds);
  }

  MotorwatchConfig load() throws ConfigException {
    return ConfigLoader.load(file, overrides, System.getenv());
  }
}
