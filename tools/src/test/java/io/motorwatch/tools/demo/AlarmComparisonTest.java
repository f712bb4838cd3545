package io.motorwatch.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.tools.demo.ReadBack.AlarmPoint;
import io.motorwatch.tools.simulator.TruthEpisode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmComparisonTest {

  private static final TruthEpisode OVERLOAD = new TruthEpisode("demo", "a", "overload", 1, 2, 3);
  private static final AlarmPoint RAISED = new AlarmPoint("a", "overload", "RAISED", 2, 1);
  private static final AlarmPoint CLEARED = new AlarmPoint("a", "overload", "CLEARED", 3, 1);
  private static final AlarmPoint STALL = new AlarmPoint("a", "stall", "RAISED", 2, 1);

  @Test
  void whatInfluxDbHoldsIsCountedBesideWhatWasDue() {
    AlarmComparison all = AlarmComparison.of(List.of(OVERLOAD), List.of(RAISED, CLEARED));
    assertThat(all.counts()).containsExactly("overload             1 of 1 alarms");
    assertThat(all.agrees()).isTrue();
  }

  @Test
  void missedAndInventedAlarmsShowInTheCounts() {
    AlarmComparison other = AlarmComparison.of(List.of(OVERLOAD), List.of(STALL));
    assertThat(other.counts())
        .containsExactly(
            "overload             0 of 1 alarms", "stall                1 of 0 alarms");
    assertThat(other.agrees()).isFalse();
  }

  @Test
  void alarmsOfPatternsTheTruthSaysNothingOfAreCountedAndSaidToBeOutsideOfIt() {
    AlarmPoint storm = new AlarmPoint("a", "overload-storm", "RAISED", 2, 1);
    AlarmComparison all = AlarmComparison.of(List.of(OVERLOAD), List.of(RAISED, CLEARED, storm));
    assertThat(all.counts()).containsExactly("overload             1 of 1 alarms");
    assertThat(all.furtherCounts()).containsExactly("overload-storm       1 alarms");
    assertThat(all.stillOpen()).isEqualTo(1);
    assertThat(all.agrees()).isTrue();
  }

  @Test
  void aRunInWhichNoAlarmWasDueSaysSoAndAgrees() {
    AlarmComparison none = AlarmComparison.of(List.of(), List.of());
    assertThat(none.counts()).containsExactly("no alarm was due in so short a run");
    assertThat(none.agrees()).isTrue();
  }
}
