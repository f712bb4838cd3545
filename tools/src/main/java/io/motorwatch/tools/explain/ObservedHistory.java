package io.motorwatch.tools.explain;

import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.operator.ObservedPattern;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryException;
import io.motorwatch.tools.history.HistoryRun;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.history.TimelineTap;
import io.motorwatch.tools.history.WindowedHistory;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs one device's history up to a time through the job's timeline, and through the evaluators of
 * its patterns with somebody looking.
 */
public final class ObservedHistory {

  private final MotorwatchConfig config;
  private final String patternFile;

  /**
   * @param patternFile the text of the pattern file
   */
  public ObservedHistory(MotorwatchConfig config, String patternFile) {
    this.config = config;
    this.patternFile = patternFile;
  }

  /**
   * What a pattern of the file had come to.
   *
   * @param at device time, epoch milliseconds; {@link Long#MAX_VALUE} for the end of history
   * @throws InvalidFileException with every fault of the pattern file
   * @throws HistoryException if the history cannot be read to that time
   */
  public Explanation explain(DeviceHistory history, String pattern, long at) throws Exception {
    HistoryWindow until = new HistoryWindow(Long.MIN_VALUE, at == Long.MAX_VALUE ? at : at + 1);
    HistoryRun run = new HistoryRun(List.of(new WindowedHistory(history, until)));
    try (ObservedPattern observed =
            new ObservedPattern(
                PatternFileParser.parse(patternFile), patternFile, history.device(), pattern);
        TimelineTap tap = TimelineTap.to(observed::event)) {
      MotorwatchTopology topology =
          new MotorwatchTopology(config, patternFile, nowhere(), Branches.DETECTION);
      run.execute("explain", events -> topology.timelineOfHistory(events).sinkTo(tap.sink()));
      return observed.explain(at);
    }
  }

  /**
   * The readings of a time range in their order, on the device's timeline, late ones left out.
   *
   * @throws HistoryException if the history cannot be read
   */
  public List<TimelineReading> readings(DeviceHistory history, HistoryWindow window)
      throws Exception {
    List<TimelineReading> readings = new ArrayList<>();
    HistoryRun run = new HistoryRun(List.of(new WindowedHistory(history, window)));
    try (TimelineTap tap =
        TimelineTap.to(
            event -> {
              if (event instanceof TimelineReading reading && !reading.late()) {
                readings.add(reading);
              }
            })) {
      MotorwatchTopology topology =
          new MotorwatchTopology(config, patternFile, nowhere(), Branches.DETECTION);
      run.execute("readings", events -> topology.timelineOfHistory(events).sinkTo(tap.sink()));
    }
    return readings;
  }

  private static Outputs nowhere() {
    return new Outputs(
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>());
  }
}
