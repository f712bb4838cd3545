package io.motorwatch.tools.patterntest;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.operator.SingleDeviceEvaluator;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs tests of a pattern file and compares the alarms. */
public final class PatternTestRunner {

  /** The beginning of every test, epoch milliseconds; no alarm depends on it. */
  static final long BEGIN = 1_700_000_000_000L;

  private final String patternFile;

  public PatternTestRunner(String patternFile) {
    this.patternFile = patternFile;
  }

  /**
   * What differs between the alarms a test expects and those raised.
   *
   * @param missing expected and not raised, a line each
   * @param unexpected raised and not expected, a line each
   */
  public record Differences(List<String> missing, List<String> unexpected) {
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      missing.forEach(line -> lines.add("missing:    " + line));
      unexpected.forEach(line -> lines.add("unexpected: " + line));
      return lines;
    }
  }

  /**
   * Runs a test on a new device.
   *
   * @throws InvalidFileException if the pattern file has faults
   */
  public Differences run(PatternTest test) throws Exception {
    List<String> reported =
        alarms(test).stream()
            .map(
                alarm ->
                    ExpectedAlarm.line(
                        alarm.episode().pattern(),
                        alarm.state(),
                        alarm.episode().onsetAt() - BEGIN,
                        alarm.at() - BEGIN))
            .toList();
    List<String> missing = new ArrayList<>();
    test.alarms().forEach(alarm -> missing.addAll(alarm.lines()));
    List<String> unexpected = new ArrayList<>();
    for (String line : reported) {
      if (!missing.remove(line)) {
        unexpected.add(line);
      }
    }
    return new Differences(missing, unexpected);
  }

  /** The transitions of all alarms that the test compares, as they happen. */
  List<Alarm> alarms(PatternTest test) throws Exception {
    List<Alarm> alarms = new ArrayList<>();
    try (SingleDeviceEvaluator evaluator =
        new SingleDeviceEvaluator(
            PatternFileParser.parse(patternFile),
            patternFile,
            alarm -> {
              if (test.compares(alarm.episode().pattern())) {
                alarms.add(alarm);
              }
            })) {
      feed(test, evaluator);
    }
    return alarms;
  }

  private static void feed(PatternTest test, SingleDeviceEvaluator evaluator) throws Exception {
    List<String> names = test.series().keySet().stream().sorted().toList();
    FieldLayout layout = FieldLayout.of(names);
    List<double[]> series = names.stream().map(name -> test.series().get(name)).toList();
    int length = series.stream().mapToInt(values -> values.length).max().orElse(0);
    long lastAt = BEGIN;
    for (int i = 0; i < length; i++) {
      long at = BEGIN + i * test.everyMs();
      double[] values = valuesAt(i, series);
      if (values != null) {
        Reading reading = new Reading(test.device(), at, at, Reading.NO_SEQ, layout, values);
        evaluator.reading(new TimelineReading(reading, false, layout, values, test.attributes()));
        lastAt = at;
      } else {
        evaluateSilence(at, lastAt, test, evaluator);
      }
    }
  }

  private static double @Nullable [] valuesAt(int i, List<double[]> series) {
    double[] values = new double[series.size()];
    boolean any = false;
    for (int j = 0; j < values.length; j++) {
      double[] field = series.get(j);
      values[j] = i < field.length ? field[i] : Double.NaN;
      any |= !Double.isNaN(values[j]);
    }
    return any ? values : null;
  }

  /** After once, twice, four times … the permitted silence, as the timeline reports it. */
  private static void evaluateSilence(
      long at, long lastAt, PatternTest test, SingleDeviceEvaluator evaluator) throws Exception {
    for (long lasted = test.silentAfterMs(); lastAt + lasted <= at; lasted *= 2) {
      if (lastAt + lasted > at - test.everyMs()) {
        evaluator.silence(new DeviceSilence(test.device(), at, lastAt, lasted, test.attributes()));
      }
    }
  }
}
