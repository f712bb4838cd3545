package io.motorwatch.tools.backtest;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.timeline.TimelineFunction;
import io.motorwatch.tools.replay.RecordedDevice;
import io.motorwatch.tools.replay.RecordedMessages;
import io.motorwatch.tools.replay.RecordingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs recordings through the job's own operators on an embedded Flink cluster, to their end. What
 * waits for the wall clock, a device's silence, does not happen: history has none.
 */
public final class Backtest {

  private final List<RecordedDevice> history;
  private final long messages;

  /**
   * @throws RecordingException for a recording that is not there, lacks a column or is no CSV
   */
  public Backtest(List<RecordedDevice> history) throws RecordingException {
    this.history = history;
    this.messages = RecordedMessages.count(history);
  }

  /**
   * What came of it.
   *
   * @param alarms by the time they were raised
   * @param rejected readings the timeline refused, by reason
   * @param late readings that were older than their device's progress: no pattern evaluated them
   */
  public record Outcome(List<FoundAlarm> alarms, Map<String, Integer> rejected, long late) {

    public List<String> lines() {
      return alarms.stream().map(alarm -> alarm.line() + ": " + alarm.message()).toList();
    }

    public BaselineComparison changeFrom(Outcome baseline) {
      return BaselineComparison.of(baseline.alarms(), alarms);
    }

    public LabelComparison against(Labels labels) {
      return LabelComparison.of(labels.all(), alarms);
    }
  }

  /**
   * Runs the whole history.
   *
   * @throws InvalidFileException with every fault of the pattern file
   * @throws java.io.IOException if it cannot be read
   */
  public Outcome run(Path patternFile) throws Exception {
    String patterns = Files.readString(patternFile);
    CollectingSink<Alarm> alarms = new CollectingSink<>("alarms " + UUID.randomUUID());
    CollectingSink<Rejection> rejected = new CollectingSink<>("rejected " + UUID.randomUUID());
    Outputs outputs =
        new Outputs(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            alarms,
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            rejected,
            new DiscardingSink<>(),
            new DiscardingSink<>());
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    new MotorwatchTopology(config(patternFile), patterns, outputs, Branches.DETECTION)
        .build(
            env,
            new DataGeneratorSource<>(
                new RecordedMessages(history), messages, MqttMessage.TYPE_INFO));
    JobExecutionResult result = env.execute("backtest");
    Long late = result.getAccumulatorResult(TimelineFunction.LATE_READINGS);
    Map<String, Integer> reasons = new TreeMap<>();
    rejected.take().forEach(each -> reasons.merge(each.reason().code(), 1, Integer::sum));
    return new Outcome(FoundAlarm.of(alarms.take()), reasons, late);
  }

  /** The defaults, but that no recording is too old and every rejection is counted. */
  private static MotorwatchConfig config(Path patternFile) throws ConfigException {
    return ConfigLoader.defaults(
        List.of(
            "patterns.file=" + patternFile.toAbsolutePath(),
            "tiers.hot.keep=inf",
            "tiers.warm.keep=inf",
            "tiers.cold.keep=inf",
            "tiers.events.keep=inf",
            "timeline.silent-after=36500d",
            "timeline.forget-after=36500d",
            "timeline.rejected-per-minute=1000000",
            "timeline.oldest=1970-01-01T00:00:00Z"));
  }
}
