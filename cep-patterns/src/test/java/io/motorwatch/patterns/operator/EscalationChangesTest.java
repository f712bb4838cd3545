package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stages are told when a file with others comes while an alarm is open. */
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

  private static List<String> severities(OperatorHarness bench) {
    return bench.alarms().stream()
        .map(alarm -> alarm.state() + " " + alarm.severity() + " " + alarm.at() / 1000)
        .toList();
  }

  @Test
  void ofAChangedFileEachStageIsToldThatIsWorseThanWhatWasTold() throws Exception {
    try (OperatorHarness bench =
        new OperatorHarness(escalating(1, "{after: 60s, severity: MAJOR}"))) {
      bench.currentEachSecond(0, 100_000, 11);
      bench.publish(escalating(2, "{after: 120s, severity: CRITICAL}"));
      bench.currentEachSecond(100_000, 200_000, 11);
      assertThat(severities(bench))
          .containsExactly("RAISED WARNING 0", "ESCALATED MAJOR 60", "ESCALATED CRITICAL 120");
    }
  }

  @Test
  void aStagePutInFrontOfOneThatWasToldTellsNothingTwice() throws Exception {
    try (OperatorHarness bench =
        new OperatorHarness(escalating(1, "{after: 60s, severity: MAJOR}"))) {
      bench.currentEachSecond(0, 100_000, 11);
      String stages = "{after: 40s, severity: MINOR}, {after: 60s, severity: MAJOR}";
      bench.publish(escalating(2, stages));
      bench.currentEachSecond(100_000, 200_000, 11);
      assertThat(severities(bench)).containsExactly("RAISED WARNING 0", "ESCALATED MAJOR 60");
    }
  }
}
