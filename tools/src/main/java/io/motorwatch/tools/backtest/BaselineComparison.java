package io.motorwatch.tools.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What other patterns make of the same history. Two alarms count as the same one if they are of the
 * same pattern and device and overlap in time.
 *
 * @param same raised, cleared and as severe alike
 * @param lines the differences, a line each: {@code +} new, {@code -} gone, {@code ~} otherwise
 */
public record BaselineComparison(int same, List<String> lines) {

  /** Both in order of time. */
  static BaselineComparison of(List<FoundAlarm> baseline, List<FoundAlarm> tried) {
    Map<String, List<FoundAlarm>> left = new LinkedHashMap<>();
    baseline.forEach(each -> left.computeIfAbsent(each.kind(), k -> new ArrayList<>()).add(each));
    List<String> lines = new ArrayList<>();
    int same = 0;
    for (FoundAlarm alarm : tried) {
      Optional<FoundAlarm> before = takeCounterpart(alarm, left.get(alarm.kind()));
      if (before.isEmpty()) {
        lines.add("+ " + alarm.line());
      } else if (alarm.isLike(before.get())) {
        same++;
      } else {
        FoundAlarm other = before.get();
        lines.add("~ " + alarm.line() + "; before: " + other.span() + ", " + other.severity());
      }
    }
    left.values().forEach(gone -> gone.forEach(alarm -> lines.add("- " + alarm.line())));
    return new BaselineComparison(same, List.copyOf(lines));
  }

  private static Optional<FoundAlarm> takeCounterpart(
      FoundAlarm alarm, @Nullable List<FoundAlarm> among) {
    if (among == null) {
      return Optional.empty();
    }
    Optional<FoundAlarm> found =
        among.stream()
            .filter(each -> each.overlaps(alarm.onsetAt(), alarm.clearedAt()))
            .findFirst();
    found.ifPresent(among::remove);
    return found;
  }
}
