package io.motorwatch.jobs.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * What other patterns make of the same history. Two alarms are the same one told otherwise if they
 * are of the same pattern and device and overlap in time.
 *
 * @param same raised, cleared and as severe alike
 * @param lines the differences, a line each: {@code +} new, {@code -} gone, {@code ~} otherwise
 */
public record Change(int same, List<String> lines) {

  /** Both in order of time. */
  static Change of(List<FoundAlarm> baseline, List<FoundAlarm> tried) {
    List<FoundAlarm> left = new ArrayList<>(baseline);
    List<String> lines = new ArrayList<>();
    int same = 0;
    for (FoundAlarm alarm : tried) {
      FoundAlarm before = counterpart(alarm, left);
      if (before == null) {
        lines.add("+ " + alarm.line());
      } else {
        left.remove(before);
        if (alarm.line().equals(before.line()) && alarm.onsetAt() == before.onsetAt()) {
          same++;
        } else {
          lines.add("~ " + alarm.line() + "; before: " + before.span() + ", " + before.severity());
        }
      }
    }
    left.forEach(gone -> lines.add("- " + gone.line()));
    return new Change(same, List.copyOf(lines));
  }

  private static @org.jspecify.annotations.Nullable FoundAlarm counterpart(
      FoundAlarm alarm, List<FoundAlarm> among) {
    for (FoundAlarm each : among) {
      if (each.device().equals(alarm.device())
          && each.pattern().equals(alarm.pattern())
          && each.overlaps(alarm.onsetAt(), alarm.clearedAt())) {
        return each;
      }
    }
    return null;
  }
}
