package io.motorwatch.patterns.rehearsal;

import io.motorwatch.model.AlarmState;
import io.motorwatch.patterns.yaml.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * An alarm a test expects; all times in milliseconds from its beginning.
 *
 * @param onset when its first condition began
 * @param escalated when its severity rose, in order
 * @param cleared when it was over; empty: still open at the end
 */
record ExpectedAlarm(
    String pattern, long onset, long raised, List<Long> escalated, OptionalLong cleared) {

  ExpectedAlarm {
    escalated = List.copyOf(escalated);
  }

  /** Each transition as a line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(pattern, AlarmState.RAISED, onset, raised));
    escalated.forEach(at -> lines.add(line(pattern, AlarmState.ESCALATED, onset, at)));
    cleared.ifPresent(at -> lines.add(line(pattern, AlarmState.CLEARED, onset, at)));
    return lines;
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
