package io.motorwatch.patterns.patterntest;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceId;
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

/** Runs tests of a pattern file. */
public final class PatternTestRunner {

  private static final DeviceId DEVICE = new DeviceId("test", "device");

  /** The beginning of every test, epoch milliseconds; no alarm depends on it. */
  private static final long BEGIN = 1_700_000_000_000L;

  private final String patternFile;

  public PatternTestRunner(String patternFile) {
    this.patternFile = patternFile;
  }

  /**
   * What differs between the alarms a test expects and those raised.
   *
   * @param missing expected alone, a line each
   * @param unexpected raised alone, a line each
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
   * Runs a test on a device nothing is known of.
   *
   * @throws InvalidFileException if the pattern file has faults
   */
  public Differences run(PatternTest test) throws Exception {
    List<String> told = new ArrayList<>();
    try (SingleDeviceEvaluator rehearsal =
        new SingleDeviceEvaluator(
            PatternFileParser.parse(patternFile), patternFile, alarm -> tell(alarm, test, told))) {
      feed(test, rehearsal);
    }
    List<String> missing = new ArrayList<>();
    test.alarms().forEach(alarm -> missing.addAll(alarm.lines()));
    List<String> unexpected = new ArrayList<>();
    for (String line : told) {
      if (!missing.remove(line)) {
        unexpected.add(line);
      }
    }
    return new Differences(missing, unexpected);
  }

  private static void tell(Alarm alarm, PatternTest test, List<String> told) {
    if (test.compares(alarm.episode().pattern())) {
      told.add(
          ExpectedAlarm.line(
              alarm.episode().pattern(),
              alarm.state(),
              alarm.episode().onsetAt() - BEGIN,
              alarm.at() - BEGIN));
    }
  }

  private static void feed(PatternTest test, SingleDeviceEvaluator rehearsal) throws Exception {
    List<String> names = test.series().keySet().stream().sorted().toList();
    FieldLayout layout = FieldLayout.of(names);
    List<double[]> series = names.stream().map(name -> test.series().get(name)).toList();
    int length = series.stream().mapToInt(values -> values.length).max().orElse(0);
    long lastAt = BEGIN;
    for (int i = 0; i < length; i++) {
      long at = BEGIN + i * test.everyMs();
      double[] values = valuesAt(i, series);
      if (values != null) {
        Reading reading = new Reading(DEVICE, at, at, Reading.NO_SEQ, layout, values);
        rehearsal.reading(new TimelineReading(reading, false, layout, values, test.attributes()));
        lastAt = at;
      } else {
        tellSilence(at, lastAt, test, rehearsal);
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

  /** Once, twice, four times … the permitted silence, as the timeline tells it. */
  private static void tellSilence(
      long at, long lastAt, PatternTest test, SingleDeviceEvaluator rehearsal) throws Exception {
    for (long lasted = test.silentAfterMs(); lastAt + lasted <= at; lasted *= 2) {
      if (lastAt + lasted > at - test.everyMs()) {
        rehearsal.silence(new DeviceSilence(DEVICE, at, lastAt, lasted, test.attributes()));
      }
    }
  }
}
