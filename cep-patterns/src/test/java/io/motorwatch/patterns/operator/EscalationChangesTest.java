package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which escalations are reported when a file with others arrives while an alarm is open. */
class EscalationChangesTest {

  private static String escalating(long version, String stages) {
    return """
        apiVersion: motorwatch/v1
        version: %d
        signals: {high: {value: current, above: 10, reset: 10, max-gap: 1h}}
        patterns: {a: {sequence: [{on: high}], escalate: [%s]}}
        """
        .formatted(version, stages);
  }

  private static List<String> severities(OperatorHarness operator) {
    return operator.alarms().stream()
        .map(alarm -> alarm.state() + " " + alarm.severity() + " " + alarm.at() / 1000)
        .toList();
  }

  @Test
  void ofAChangedFileEachStageIsToldThatIsWorseThanWhatWasTold() throws Exception {
    try (OperatorHarness operator =
        new OperatorHarness(escalating(1, "{after: 60s, severity: MAJOR}"))) {
      operator.currentEachSecond(0, 100_000, 11);
      operator.publish(escalating(2, "{after: 120s, severity: CRITICAL}"));
      operator.currentEachSecond(100_000, 200_000, 11);
      assertThat(severities(operator))
          .containsExactly("RAISED WARNING 0", "ESCALATED MAJOR 60", "ESCALATED CRITICAL 120");
    }
  }

  @Test
  void aStagePutInFrontOfOneThatWasToldTellsNothingTwice() throws Exception {
    try (OperatorHarness operator =
        new OperatorHarness(escalating(1, "{after: 60s, severity: MAJOR}"))) {
      operator.currentEachSecond(0, 100_000, 11);
      String stages = "{after: 40s, severity: MINOR}, {after: 60s, severity: MAJOR}";
      operator.publish(escalating(2, stages));
      operator.currentEachSecond(100_000, 200_000, 11);
      assertThat(severities(operator)).containsExactly("RAISED WARNING 0", "ESCALATED MAJOR 60");
    }
  }
}
