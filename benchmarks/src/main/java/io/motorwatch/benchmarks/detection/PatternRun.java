package io.motorwatch.benchmarks.detection;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.operator.SingleDeviceEvaluator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs recordings through the evaluation of patterns that the job's operator runs, row by row: an
 * alarm knows nothing of later rows.
 */
final class PatternRun {

  private static final DeviceId DEVICE = new DeviceId("bench", "machine");

  private final PatternSet set;
  private final String text;

  /**
   * @param text the file the set was read from
   */
  PatternRun(PatternSet set, String text) {
    this.set = set;
    this.text = text;
  }

  /** The patterns, in the order of the file. */
  List<String> patterns() {
    return set.patterns().stream().map(pattern -> pattern.id()).toList();
  }

  /**
   * Runs rows from a device's first reading on. Rows that are older than one before are not
   * evaluated, as in the job.
   *
   * @return for each pattern and row, whether its alarm is open after the row
   */
  Map<String, boolean[]> run(LabelledRows recording) throws Exception {
    List<LabelledRows.Row> rows = recording.all();
    Map<String, boolean[]> open = new LinkedHashMap<>();
    patterns().forEach(pattern -> open.put(pattern, new boolean[rows.size()]));
    Set<String> now = new HashSet<>();
    long lastAt = Long.MIN_VALUE;
    try (SingleDeviceEvaluator evaluator =
        new SingleDeviceEvaluator(set, text, alarm -> follow(alarm, now))) {
      for (int i = 0; i < rows.size(); i++) {
        LabelledRows.Row row = rows.get(i);
        if (row.at() >= lastAt) {
          lastAt = row.at();
          evaluator.reading(
              TimelineReading.complete(
                  new Reading(
                      DEVICE, row.at(), row.at(), Reading.NO_SEQ, recording.layout(), row.values()),
                  Attributes.NONE));
        }
        for (String pattern : now) {
          boolean[] rowsOf = open.get(pattern);
          if (rowsOf != null) {
            rowsOf[i] = true;
          }
        }
      }
    }
    return open;
  }

  private static void follow(Alarm alarm, Set<String> open) {
    if (alarm.state() == AlarmState.CLEARED) {
      open.remove(alarm.episode().pattern());
    } else {
      open.add(alarm.episode().pattern());
    }
  }
}
