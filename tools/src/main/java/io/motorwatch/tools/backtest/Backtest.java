package io.motorwatch.tools.backtest;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.timeline.TimelineFunction;
import io.motorwatch.tools.history.AlarmReference;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryException;
import io.motorwatch.tools.history.HistoryProgress;
import io.motorwatch.tools.history.HistoryRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs recordings through the job's own operators on an embedded Flink cluster, to their end. What
 * waits for the wall clock, a device's silence, does not happen: history has none.
 */
public final class Backtest {

  private final List<DeviceHistory> history;
  private final ConfigOf config;
  private final Watcher watcher;

  /** The config of a run with a pattern file. */
  @FunctionalInterface
  public interface ConfigOf {
    MotorwatchConfig patterns(Path file) throws Exception;
  }

  /** Looks at a run while it runs. */
  @FunctionalInterface
  public interface Watcher {
    /** Begins; what it returns is closed when the run has ended. */
    AutoCloseable watch(HistoryProgress progress);
  }

  public Backtest(List<DeviceHistory> history, ConfigOf config, Watcher watcher) {
    this.history = List.copyOf(history);
    this.config = config;
    this.watcher = watcher;
  }

  /** The times of an alarm, device time, epoch milliseconds. */
  public record Episode(long onsetAt, long raisedAt, long clearedAt) {

    /** Whether the history ended before it did. */
    public boolean open() {
      return clearedAt == FoundAlarm.OPEN;
    }
  }

  /**
   * What came of it.
   *
   * @param alarms by the time they were raised
   * @param rejected readings the timeline refused, by reason
   * @param late readings that were older than their device's progress: no pattern evaluated them
   * @param devices those that have readings
   */
  public record Outcome(
      List<FoundAlarm> alarms,
      Map<String, Integer> rejected,
      long late,
      List<HistoryProgress.Device> devices) {

    public List<String> lines() {
      return alarms.stream().map(alarm -> alarm.line() + ": " + alarm.message()).toList();
    }

    /** The alarm of an {@code alarmId}. */
    public Optional<AlarmReference> find(String alarmId) {
      return alarms.stream()
          .filter(alarm -> alarm.alarmId().equals(alarmId))
          .map(
              alarm ->
                  new AlarmReference(
                      DeviceId.ofPath(alarm.device()), alarm.pattern(), alarm.raisedAt()))
          .findFirst();
    }

    /** When the alarm of an {@code alarmId} began, was raised and cleared. */
    public Optional<Episode> episode(String alarmId) {
      return alarms.stream()
          .filter(alarm -> alarm.alarmId().equals(alarmId))
          .map(alarm -> new Episode(alarm.onsetAt(), alarm.raisedAt(), alarm.clearedAt()))
          .findFirst();
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
   * @throws HistoryException if the history cannot be read to its end
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
    MotorwatchTopology topology =
        new MotorwatchTopology(config.patterns(patternFile), patterns, outputs, Branches.DETECTION);
    HistoryRun run = new HistoryRun(history);
    JobExecutionResult result;
    try (AutoCloseable watching = watcher.watch(run.progress())) {
      result = run.execute("backtest", topology::buildOnHistory);
    }
    Long late = result.getAccumulatorResult(TimelineFunction.LATE_READINGS);
    Map<String, Integer> reasons = new TreeMap<>();
    rejected.take().forEach(each -> reasons.merge(each.reason().code(), 1, Integer::sum));
    return new Outcome(FoundAlarm.of(alarms.take()), reasons, late, run.progress().devices());
  }
}
