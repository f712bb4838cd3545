package io.motorwatch.benchmarks.detection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How well alarms and labels agree, summed up over files: by rows, as SKAB's protocol has it, and
 * by episodes, which are labelled rows without a break. Mutable; for one thread.
 */
final class DetectionScore {

  private static final double MS_PER_HOUR = 3_600_000;

  /** Between two scored rows at most; a longer gap is not watched. */
  private static final long LONGEST_INTERVAL_MS = 3_600_000;

  private long truePositives;
  private long falsePositives;
  private long trueNegatives;
  private long falseNegatives;
  private int episodes;
  private int falseAlarms;
  private double normalMs;
  private int files;
  private final List<Double> delaysSeconds = new ArrayList<>();

  /**
   * Adds a file.
   *
   * @param open for each row, whether an alarm is open after it
   */
  void add(List<LabelledRows.Row> rows, boolean[] open) {
    files++;
    long episodeAt = 0;
    boolean inEpisode = false;
    boolean found = false;
    boolean wasOpen = false;
    long lastAt = Long.MAX_VALUE;
    for (int i = 0; i < open.length; i++) {
      LabelledRows.Row row = rows.get(i);
      if (!row.scored()) {
        continue;
      }
      count(row.anomalous(), open[i]);
      if (row.anomalous()) {
        if (!inEpisode) {
          episodes++;
          episodeAt = row.at();
          found = false;
        }
        if (open[i] && !found) {
          found = true;
          delaysSeconds.add((row.at() - episodeAt) / 1000.0);
        }
      } else {
        falseAlarms += open[i] && !wasOpen ? 1 : 0;
        normalMs += Math.max(0, Math.min(LONGEST_INTERVAL_MS, row.at() - lastAt));
      }
      inEpisode = row.anomalous();
      wasOpen = open[i];
      lastAt = row.at();
    }
  }

  private void count(boolean anomalous, boolean open) {
    if (anomalous) {
      truePositives += open ? 1 : 0;
      falseNegatives += open ? 0 : 1;
    } else {
      falsePositives += open ? 1 : 0;
      trueNegatives += open ? 0 : 1;
    }
  }

  /** NaN without a labelled row. */
  double f1() {
    return truePositives + falseNegatives == 0
        ? Double.NaN
        : 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
  }

  /** The share of normal rows with an alarm. */
  double falseAlarmRate() {
    return (double) falsePositives / (falsePositives + trueNegatives);
  }

  /** The share of labelled rows without one; NaN without a labelled row. */
  double missedAlarmRate() {
    return (double) falseNegatives / (truePositives + falseNegatives);
  }

  int episodes() {
    return episodes;
  }

  /** Episodes with an alarm at any of their rows. */
  int found() {
    return delaysSeconds.size();
  }

  /** From an episode's first row to its first with an alarm, of those found; NaN without any. */
  double medianDelaySeconds() {
    if (delaysSeconds.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(delaysSeconds);
    Collections.sort(sorted);
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** Alarms that begin at a normal row, by the time of normal rows. */
  double falseAlarmsPerHour() {
    return falseAlarms / (normalMs / MS_PER_HOUR);
  }

  int files() {
    return files;
  }
}
