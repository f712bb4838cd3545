package io.motorwatch.jobs.cluster;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.decode.TopicTemplate;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Adds the configured job, with its real source and sinks, to an environment. */
public final class Pipelines {

  private Pipelines() {}

  /**
   * Checks what can be checked before anything is started.
   *
   * @throws ConfigException if the pattern file or a topic template has faults
   */
  public static void check(MotorwatchConfig config) throws ConfigException {
    patternFile(config);
    try {
      config.mqtt().topics().forEach(TopicTemplate::parse);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("mqtt.topics: " + e.getMessage());
    }
  }

  /**
   * Adds the job.
   *
   * @throws ConfigException if the pattern file cannot be read or has faults; with line and column
   */
  public static void addTo(
      StreamExecutionEnvironment env, MotorwatchConfig config, Branches branches)
      throws ConfigException {
    env.configure(JobSettings.of(config));
    String patterns = patternFile(config);
    try {
      new MotorwatchTopology(config, patterns, ConnectedOutputs.of(config), branches)
          .build(env, JobSource.of(config));
    } catch (InvalidFileException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static String patternFile(MotorwatchConfig config) throws ConfigException {
    try {
      String patterns = Files.readString(config.patterns().file());
      PatternFileParser.parse(patterns);
      return patterns;
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
