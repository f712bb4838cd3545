package io.motorwatch.patterns.operator;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Shelve;
import java.util.List;

/**
 * A file of one pattern, {@code a}, raised above 10 at once, and what may be asked of its alarm.
 */
final class SinglePatternFixture {

  private SinglePatternFixture() {}

  static OperatorHarness operatorWith(String rules) throws Exception {
    return new OperatorHarness(
        """
        apiVersion: motorwatch/v1
        version: 1
        signals: {high: {value: current, above: 10, reset: 10, max-gap: 1h}}
        patterns: {a: {title: A, sequence: [{on: high}]%s}}
        """
            .formatted(rules));
  }

  static AlarmRequest acknowledge() {
    return new AlarmRequest(OperatorHarness.DEVICE, "", "a", new Acknowledge(), "Anna", 7);
  }

  static AlarmRequest shelveFor(long forMs) {
    return new AlarmRequest(
        OperatorHarness.DEVICE, "", "a", new Shelve(Shelve.RELATIVE, forMs), "Anna", 7);
  }

  static List<String> commands(OperatorHarness operator) {
    return operator.alarms().stream()
        .filter(alarm -> !alarm.command().isEmpty())
        .map(alarm -> alarm.state() + " " + alarm.at() / 1000 + " " + alarm.command())
        .toList();
  }
}
