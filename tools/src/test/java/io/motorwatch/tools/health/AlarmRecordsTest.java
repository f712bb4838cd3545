package io.motorwatch.tools.health;

import static io.motorwatch.tools.health.HealthFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlarmRecordsTest {

  private final AlarmRecords records = new AlarmRecords();

  private void add(String id, String state, String severity, long at) {
    records.add(new AlarmTransition(source("m1", "stall"), state, severity, id, at - 9, 100, at));
  }

  @Test
  void anAlarmIsAllItsTransitions() {
    add("a", "RAISED", "WARNING", 100);
    add("a", "ESCALATED", "MAJOR", 200);
    add("b", "RAISED", "WARNING", 250);
    add("a", "ACKNOWLEDGED", "MAJOR", 300);
    add("a", "CLEARED", "MAJOR", 400);
    assertThat(records.all())
        .containsExactly(
            new AlarmRecord(source("m1", "stall"), "a", "MAJOR", 91, 100, 300, 400),
            new AlarmRecord(
                source("m1", "stall"),
                "b",
                "WARNING",
                241,
                100,
                AlarmRecord.NEVER,
                AlarmRecord.NEVER));
  }

  /** Its raising is older than what was read. */
  @Test
  void oneThatIsOnlyClearedInTheRangeStillKnowsWhenItWasRaised() {
    add("a", "CLEARED", "MAJOR", 400);
    assertThat(records.all())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.raisedAt()).isEqualTo(100);
              assertThat(alarm.durationMs()).isEqualTo(300);
            });
  }
}
