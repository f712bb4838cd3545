package io.motorwatch.jobs.cluster;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.CommandsUnsent;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.decode.TopicTemplate;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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
    CommandsUnsent.warning(patternFile(config).set(), config.commands()).ifPresent(warnings::add);
    return warnings;
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
    String patterns = patternFile(config).text();
    try {
      new MotorwatchTopology(config, patterns, ConnectedOutputs.of(config), branches)
          .build(env, JobSource.of(config));
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
