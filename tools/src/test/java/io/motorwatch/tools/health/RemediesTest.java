package io.motorwatch.tools.health;

import static io.motorwatch.tools.health.HealthFixture.DAY;
import static io.motorwatch.tools.health.HealthFixture.END;
import static io.motorwatch.tools.health.HealthFixture.alarm;
import static io.motorwatch.tools.health.HealthFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemediesTest {

  private static final AlarmSource STALL = source("m1", "stall");

  private static List<PatternDefinition> patterns() throws InvalidFileException {
    return PatternFileParser.parse(
            """
            apiVersion: motorwatch/v1
            version: 1
            signals: {high: {value: current, above: 2}}
            patterns:
              stall: {sequence: [{on: high, for: 5s}], clear: {off: high, for: 2s}}
            """)
        .patterns();
  }

  private static List<Remedy> remedies(List<AlarmRecord> alarms) throws InvalidFileException {
    HealthAnalysis analysis = new HealthAnalysis(alarms, DAY, END, HealthTargets.DEFAULT);
    return new Remedies(patterns(), HealthTargets.DEFAULT)
        .find(analysis, analysis.health(Set.of("stall")));
  }

  /** Twenty alarms, each raised again 20 s after its condition was over. */
  @Test
  void anAlarmThatChattersIsToBeClearedLater() throws Exception {
    List<AlarmRecord> alarms = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // The condition is over 2 s before it is cleared, and back 5 s before the next is raised.
      alarms.add(alarm(STALL, 1000 + 27 * i, 1000 + 27 * i + 4));
    }
    Remedy later =
        remedies(alarms).stream()
            .filter(remedy -> remedy.kind().equals("chattering"))
            .findFirst()
            .orElseThrow();
    assertThat(later.change()).startsWith("patterns.stall.clear: {off: high, for: 30s} (now 2s)");
    assertThat(later.spared()).isEqualTo(19);
  }

  @Test
  void alarmsThatAreOverAtOnceAreToBeHeldLonger() throws Exception {
    List<AlarmRecord> alarms = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // The condition lasts for 3.5 s behind the raise.
      alarms.add(alarm(STALL, 3600 * i + 100, 3600 * i + 105.5));
    }
    alarms.add(alarm(STALL, 50_000, 51_000));
    Remedy found = remedies(alarms).get(0);
    assertThat(found.kind()).isEqualTo("fleeting");
    assertThat(found.change()).startsWith("patterns.stall.sequence: for: 10s on the last step");
    assertThat(found.spared()).isEqualTo(10);
    assertThat(found.problem()).contains("10 of 11");
  }

  @Test
  void oneMotorThatHasMostOfThemIsNamed() throws Exception {
    List<AlarmRecord> alarms = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      alarms.add(alarm(STALL, 3600 * i + 100, 3600 * i + 700));
      alarms.add(alarm(source("m" + (10 + i), "stall"), 3600 * i + 900, 3600 * i + 1700));
    }
    assertThat(remedies(alarms))
        .singleElement()
        .satisfies(
            remedy -> {
              assertThat(remedy.kind()).isEqualTo("bad-actor");
              assertThat(remedy.problem()).isEqualTo("plant/m1 alone has 12 alarms, 50 % of all");
            });
  }

  @Test
  void quietAlarmsNeedNothing() throws Exception {
    assertThat(remedies(List.of(alarm(STALL, 100, 900), alarm(STALL, 9000, 9900)))).isEmpty();
  }
}
