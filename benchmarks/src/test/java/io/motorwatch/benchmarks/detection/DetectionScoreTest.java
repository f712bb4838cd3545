package io.motorwatch.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionScoreTest {

  /** A row a minute: {@code x} is labelled, {@code -} is not, {@code .} is not scored. */
  private static List<LabelledRows.Row> rows(String labels) {
    List<LabelledRows.Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      rows.add(new LabelledRows.Row(i * 60_000L, new double[0], label == 'x', label != '.'));
    }
    return rows;
  }

  private static boolean[] open(String alarms) {
    boolean[] open = new boolean[alarms.length()];
    for (int i = 0; i < open.length; i++) {
      open[i] = alarms.charAt(i) == 'A';
    }
    return open;
  }

  @Test
  void countsRowsEpisodesDelaysAndFalseAlarms() {
    DetectionScore score = new DetectionScore();
    score.add(rows("..-----xxxx-----xxx---"), open("AA--A----AAAA---------"));
    assertThat(score.f1()).isCloseTo(2 * 2.0 / (2 * 2 + 3 + 5), within(1e-12));
    assertThat(score.falseAlarmRate()).isCloseTo(3 / 13.0, within(1e-12));
    assertThat(score.missedAlarmRate()).isCloseTo(5 / 7.0, within(1e-12));
    assertThat(score.episodes()).isEqualTo(2);
    assertThat(score.found()).isEqualTo(1);
    assertThat(score.medianDelaySeconds()).isEqualTo(120);
    assertThat(score.falseAlarmsPerHour()).isCloseTo(1 / (12 / 60.0), within(1e-12));
  }

  @Test
  void sumsFilesUpAndHasNoF1WhereNothingIsLabelled() {
    DetectionScore score = new DetectionScore();
    score.add(rows("----"), open("AAAA"));
    assertThat(score.f1()).isNaN();
    assertThat(score.falseAlarmRate()).isEqualTo(1);
    score.add(rows("xx--"), open("AAAA"));
    assertThat(score.files()).isEqualTo(2);
    assertThat(score.f1()).isCloseTo(2 * 2.0 / (4 + 6), within(1e-12));
    assertThat(score.medianDelaySeconds()).isZero();
  }
}
