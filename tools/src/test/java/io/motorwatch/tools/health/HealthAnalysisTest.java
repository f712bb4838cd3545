package io.motorwatch.tools.health;

import static io.motorwatch.tools.health.HealthFixture.DAY;
import static io.motorwatch.tools.health.HealthFixture.END;
import static io.motorwatch.tools.health.HealthFixture.alarm;
import static io.motorwatch.tools.health.HealthFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthAnalysisTest {

  private static final AlarmSource STALL = source("m1", "stall");
  private static final AlarmSource OVERLOAD = source("m2", "overload");

  private static AlarmSystemHealth health(List<AlarmRecord> alarms) {
    return new HealthAnalysis(alarms, DAY, END, HealthTargets.DEFAULT)
        .health(Set.of("stall", "overload", "underload"));
  }

  @Test
  void countsWhatWasRaisedInTheRangeByTheHourAndTheDay() {
    AlarmSystemHealth health =
        health(
            List.of(
                alarm(STALL, -10, 100),
                alarm(STALL, 3600, 3700),
                alarm(OVERLOAD, 7200, 7500),
                alarm(OVERLOAD, 86_400, 86_500)));
    assertThat(health.alarms()).isEqualTo(2);
    assertThat(health.devices()).isEqualTo(2);
    assertThat(health.load().perDay()).isEqualTo(2);
    assertThat(health.load().perHour()).isEqualTo(2 / 24.0);
    assertThat(health.neverRaised()).containsExactly("underload");
    assertThat(health.bySeverity()).containsEntry("WARNING", 2);
  }

  @Test
  void whatIsOverWithinAMinuteIsFleetingAndWhatIsOpenForADayIsStale() {
    AlarmSystemHealth health =
        health(
            List.of(
                alarm(STALL, 100, 159.9),
                alarm(STALL, 1000, 1060),
                alarm(OVERLOAD, -10_000, 86_000),
                alarm(source("m3", "overload"), -10_000, 76_400),
                alarm(source("m4", "overload"), -100_000, Double.POSITIVE_INFINITY),
                alarm(source("m5", "overload"), 80_000, Double.POSITIVE_INFINITY)));
    assertThat(health.nuisance().fleeting()).isEqualTo(1);
    assertThat(health.nuisance().stale())
        .extracting(alarm -> alarm.source().device().device())
        .containsExactly("m4", "m2");
    assertThat(health.standing())
        .extracting(alarm -> alarm.source().device().device())
        .containsExactly("m4", "m5");
  }

  @Test
  void theMostFrequentComeFirstWithTheirShare() {
    List<AlarmRecord> alarms = new ArrayList<>();
    for (int device = 0; device < 12; device++) {
      for (int n = 0; n <= device; n++) {
        alarms.add(alarm(source("m" + device, "stall"), 1000 * n + device, 1000 * n + 500));
      }
    }
    AlarmSystemHealth health = health(alarms);
    assertThat(health.topTen()).hasSize(10);
    assertThat(health.topTen().get(0))
        .isEqualTo(new AlarmSystemHealth.Count(source("m11", "stall"), 12));
    assertThat(health.topTenShare()).isEqualTo(75 / 78.0);
    assertThat(health.load().mostOfDevice().alarms()).isEqualTo(12);
  }

  @Test
  void aRangeWithoutAlarmsIsWell() {
    AlarmSystemHealth health = health(List.of());
    assertThat(health.alarms()).isZero();
    assertThat(health.topTenShare()).isZero();
    assertThat(HealthText.lines(health, HealthTargets.DEFAULT, List.of()))
        .anyMatch(line -> line.startsWith("0 alarms of 0 devices"))
        .noneMatch(line -> line.contains("TOO MUCH"));
  }
}
