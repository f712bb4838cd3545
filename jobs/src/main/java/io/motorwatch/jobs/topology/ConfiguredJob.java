package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.Acknowledgement;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.decode.TopicTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Adds the configured job, with its real source and sinks, to an environment. */
public final class ConfiguredJob {

  private ConfiguredJob() {}

  /**
   * Checks what can be checked before anything is started.
   *
   * @throws ConfigException if the pattern file or a topic template has faults
   */
  public static void check(MotorwatchConfig config) throws ConfigException {
    patternFile(config);
    acknowledgement(config, null);
    try {
      config.mqtt().topics().forEach(TopicTemplate::parse);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("mqtt.topics: " + e.getMessage());
    }
  }

  /**
   * How it acknowledges messages.
   *
   * @param flinksDir where Flink keeps checkpoints if the config does not say, or null
   * @throws ConfigException if a journal is wanted and there is no place for it
   */
  public static Acknowledgement acknowledgement(MotorwatchConfig config, @Nullable String flinksDir)
      throws ConfigException {
    return config
        .mqtt()
        .acknowledge()
        .decide(config.checkpoint(), flinksDir, config.mqtt().broker());
  }

  /**
   * What does not do all it seems to, as configured: a line for each.
   *
   * @throws ConfigException as {@link #check}
   */
  public static List<String> warnings(MotorwatchConfig config) throws ConfigException {
    List<String> warnings = new ArrayList<>();
    if (config.mqtt().sessions() > 1 && config.timeline().reorderWindow() == 0) {
      warnings.add(
          "mqtt.sessions above 1 keeps no order of a device's readings: those overtaken on their way"
              + " are kept from the patterns; set timeline.reorder-window, 250ms say");
    }
    inClear(config.mqtt().broker()).ifPresent(warnings::add);
    DisabledCommandsWarning.warning(patternFile(config).set(), config.commands())
        .ifPresent(warnings::add);
    return warnings;
  }

  /** What looks encrypted and is not. */
  private static Optional<String> inClear(BrokerAddress broker) {
    if (broker.secure()) {
      return Optional.empty();
    }
    if (broker.tls().ca() != null || broker.tls().certificate() != null) {
      return Optional.of(
          "mqtt.tls is set, but mqtt.uri is "
              + broker
              + ", which is not encrypted: use ssl:// or wss://");
    }
    return broker.credentials() == null || loopback(broker.host())
        ? Optional.empty()
        : Optional.of(
            "mqtt.password and all messages cross the network to "
                + broker
                + " in clear: use ssl:// or wss://");
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Adds the job.
   *
   * @return how it acknowledges messages
   * @throws ConfigException if the pattern file cannot be read or has faults; with line and column
   */
  public static Acknowledgement addTo(
      StreamExecutionEnvironment env, MotorwatchConfig config, Branches branches)
      throws ConfigException {
    env.configure(JobSettings.of(config));
    String patterns = patternFile(config).text();
    String flinksDir = env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    Acknowledgement acknowledgement = acknowledgement(config, flinksDir);
    try {
      new MotorwatchTopology(config, patterns, ConnectedOutputs.of(config), branches)
          .build(env, JobSource.of(config, acknowledgement));
      return acknowledgement;
    } catch (InvalidFileException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private record CheckedFile(String text, PatternSet set) {}

  private static CheckedFile patternFile(MotorwatchConfig config) throws ConfigException {
    try {
      String text = Files.readString(config.patterns().file());
      return new CheckedFile(text, PatternFileParser.parse(text));
    } catch (InvalidFileException e) {
      throw new ConfigException(
          "the pattern file " + config.patterns().file() + " has faults:\n" + e.getMessage());
    } catch (CharacterCodingException e) {
      throw new ConfigException(
          "the pattern file " + config.patterns().file() + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException("cannot read the pattern file " + config.patterns().file());
    }
  }
}
