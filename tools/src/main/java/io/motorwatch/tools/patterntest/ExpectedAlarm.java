package io.motorwatch.tools.patterntest;

import io.motorwatch.model.AlarmState;
import io.motorwatch.model.Durations;
import java.util.List;

/**
 * An alarm that a test expects; all times are milliseconds from the beginning of the test.
 *
 * @param onset when its first condition began
 * @param transitions all that are expected; without {@code CLEARED} the alarm is still open at the
 *     end of the test
 */
record ExpectedAlarm(String pattern, long onset, List<Transition> transitions) {

  ExpectedAlarm {
    transitions = List.copyOf(transitions);
  }

  /**
   * A transition of the alarm.
   *
   * @param at milliseconds from the test's beginning
   */
  record Transition(AlarmState state, long at) {}

  /** Each transition as a line. */
  List<String> lines() {
    return transitions.stream()
        .map(transition -> line(pattern, transition.state(), onset, transition.at()))
        .toList();
  }

  static String line(String pattern, AlarmState state, long onset, long at) {
    return pattern
        + " "
        + state
        + " at "
        + Durations.format(at)
        + " (onset "
        + Durations.format(onset)
        + ")";
  }
}
