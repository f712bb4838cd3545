package io.motorwatch.tools.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelComparisonTest {

  private static FoundAlarm alarm(String pattern, long onset, long cleared) {
    return new FoundAlarm("plant/m1", pattern, onset, onset + 10, cleared, "WARNING", "");
  }

  private static LabelComparison verdict(Label label, FoundAlarm... alarms) {
    return LabelComparison.of(List.of(label), List.of(alarms));
  }

  @Test
  void onlyPatternsThatALabelNamesAreCompared() {
    Label stall = new Label("plant/m1", "stall", 100, 200);
    LabelComparison verdict = verdict(stall, alarm("stall", 150, 250), alarm("overload", 0, 50));
    assertThat(verdict).isEqualTo(new LabelComparison(1, List.of(), List.of()));
  }

  @Test
  void anAlarmTellsOfALabelWhereTheyShareAMoment() {
    Label stall = new Label("plant/m1", "stall", 100, 200);
    assertThat(verdict(stall, alarm("stall", 0, 100)).found()).isEqualTo(1);
    assertThat(verdict(stall, alarm("stall", 200, FoundAlarm.OPEN)).found()).isEqualTo(1);
    assertThat(verdict(stall, alarm("stall", 0, 99)).missed()).hasSize(1);
    assertThat(verdict(stall, alarm("stall", 201, 300)).unmatched()).hasSize(1);
  }

  @Test
  void oneAlarmIsTheSameAsOneOfTheBaselineAlone() {
    List<FoundAlarm> one = List.of(alarm("stall", 0, 300));
    List<FoundAlarm> two = List.of(alarm("stall", 0, 100), alarm("stall", 200, 300));
    assertThat(BaselineComparison.of(one, two).lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("~ "), line -> assertThat(line).startsWith("+ "));
    assertThat(BaselineComparison.of(two, one).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("~ "), line -> assertThat(line).startsWith("- "));
    assertThat(BaselineComparison.of(two, two)).isEqualTo(new BaselineComparison(2, List.of()));
  }
}
