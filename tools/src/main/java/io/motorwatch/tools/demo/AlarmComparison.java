package io.motorwatch.tools.demo;

import io.motorwatch.tools.demo.ReadBack.AlarmPoint;
import io.motorwatch.tools.simulator.TruthEpisode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The alarms in InfluxDB against the truth: device, pattern, onset, raising and clearing, each to
 * the reading. Only of the patterns of which the truth knows every alarm; what others have raised
 * is counted and said to be outside of it.
 *
 * @param found alarms raised per pattern, as InfluxDB has them; with each expected pattern
 * @param others alarms raised by patterns the truth says nothing of
 * @param open alarms raised and not cleared, of whatever pattern
 * @param missed in the truth alone
 * @param invented in InfluxDB alone
 */
record AlarmComparison(
    Map<String, Integer> expected,
    Map<String, Integer> found,
    Map<String, Integer> others,
    long open,
    Set<String> missed,
    Set<String> invented) {

  static AlarmComparison of(List<TruthEpisode> truth, List<AlarmPoint> held) {
    Map<String, Integer> expected = new TreeMap<>();
    Set<String> wanted = new TreeSet<>();
    for (TruthEpisode episode : truth) {
      expected.merge(episode.pattern(), 1, Integer::sum);
      wanted.add(
          line(
              episode.device(),
              episode.pattern(),
              "RAISED",
              episode.onsetAt(),
              episode.raisedAt()));
      wanted.add(
          line(
              episode.device(),
              episode.pattern(),
              "CLEARED",
              episode.onsetAt(),
              episode.clearedAt()));
    }
    Map<String, Integer> raised = new TreeMap<>();
    expected.keySet().forEach(pattern -> raised.put(pattern, 0));
    Set<String> found = new TreeSet<>();
    Map<String, Integer> others = new TreeMap<>();
    for (AlarmPoint alarm : held) {
      if (!TruthEpisode.PATTERNS.contains(alarm.pattern())) {
        others.merge(alarm.pattern(), alarm.state().equals("RAISED") ? 1 : 0, Integer::sum);
        continue;
      }
      if (alarm.state().equals("RAISED")) {
        raised.merge(alarm.pattern(), 1, Integer::sum);
      }
      // How long an overload goes on before it escalates is the pattern's affair, not the truth's.
      if (!alarm.state().equals("ESCALATED")) {
        found.add(
            line(alarm.device(), alarm.pattern(), alarm.state(), alarm.onsetAt(), alarm.at()));
      }
    }
    Set<String> missed = new TreeSet<>(wanted);
    missed.removeAll(found);
    Set<String> invented = new TreeSet<>(found);
    invented.removeAll(wanted);
    return new AlarmComparison(expected, raised, others, open(held), missed, invented);
  }

  private static long open(List<AlarmPoint> held) {
    Map<String, String> newest = new HashMap<>();
    held.forEach(alarm -> newest.put(alarm.device() + "/" + alarm.pattern(), alarm.state()));
    return newest.values().stream().filter(state -> !state.equals("CLEARED")).count();
  }

  private static String line(String device, String pattern, String state, long onset, long at) {
    return "%s %s %s (onset %s, at %s)"
        .formatted(device, pattern, state, Instant.ofEpochMilli(onset), Instant.ofEpochMilli(at));
  }

  boolean agrees() {
    return missed.isEmpty() && invented.isEmpty();
  }

  /** Found and expected alarms, a line for each pattern; one that says so where none was due. */
  List<String> counts() {
    List<String> lines = new ArrayList<>();
    if (expected.isEmpty()) {
      lines.add("no alarm was due in so short a run");
    }
    found.forEach(
        (pattern, count) ->
            lines.add(
                "%-20s %,d of %,d alarms"
                    .formatted(pattern, count, expected.getOrDefault(pattern, 0))));
    return lines;
  }

  /** Alarms right by their patterns, of which the simulator keeps no list; a line for each. */
  List<String> furtherCounts() {
    List<String> lines = new ArrayList<>();
    others.forEach((pattern, count) -> lines.add("%-20s %,d alarms".formatted(pattern, count)));
    return lines;
  }

  /** How many alarms of the fleet's last moments are still open. */
  long stillOpen() {
    return open;
  }

  /** The first few differences, a line each. */
  List<String> differences(int most) {
    List<String> lines = new ArrayList<>();
    missed.stream().limit(most).forEach(line -> lines.add("missed:   " + line));
    invented.stream().limit(most).forEach(line -> lines.add("invented: " + line));
    return lines;
  }
}
