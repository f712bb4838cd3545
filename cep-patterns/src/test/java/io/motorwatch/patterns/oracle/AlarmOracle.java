package io.motorwatch.patterns.oracle;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternDefinition.Escalation;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** All alarms of a device from its whole history. */
public final class AlarmOracle {

  /** The severities of random patterns. */
  private static final List<String> MILDEST_FIRST = List.of("WARNING", "MAJOR", "CRITICAL");

  /** An alarm that is open. */
  private static final class Open {
    final long onset;
    final long raised;
    String severity;

    Open(long onset, long raised, String severity) {
      this.onset = onset;
      this.raised = raised;
      this.severity = severity;
    }
  }

  private final List<HistoryReading> history;
  private final List<Set<String>> openAfter = new ArrayList<>();
  private final OracleConditions truths;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, OracleSequences> steps = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  AlarmOracle(List<HistoryReading> history, DeviceId device) {
    this.history = history;
    this.truths = new OracleConditions(history, device, openAfter);
  }

  /** One line a transition: state, pattern, severity, onset, time. */
  public static List<String> alarms(List<HistoryReading> history, DeviceId device) {
    AlarmOracle oracle = new AlarmOracle(history, device);
    for (int i = 0; i < history.size(); i++) {
      oracle.evaluate(i);
    }
    return oracle.lines;
  }

  /** The transitions so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  OracleConditions truths() {
    return truths;
  }

  boolean isOpen(String pattern) {
    return open.containsKey(pattern);
  }

  /** How many steps of a pattern, repetitions counted, have happened one after the other. */
  int furthest(String pattern) {
    return steps.get(pattern).furthest();
  }

  /** Takes the readings one after the other. */
  void evaluate(int i) {
    HistoryReading now = history.get(i);
    PatternSet before = i > 0 ? history.get(i - 1).set() : now.set();
    if (before.version() != now.set().version()) {
      clearRemoved(now.set(), history.get(i - 1).at());
      steps.keySet().removeIf(id -> PatternShape.of(id, now.set()).isEmpty());
    }
    openAfter.add(new HashSet<>(open.keySet()));
    Set<String> raised = new HashSet<>();
    for (PatternDefinition pattern : now.set().patterns()) {
      OracleSequences taken =
          steps.computeIfAbsent(pattern.id(), id -> new OracleSequences(history, truths));
      Open alarm = open.get(pattern.id());
      if (alarm != null) {
        follow(pattern, alarm, i);
      }
      if (!PatternShape.of(pattern.id(), before).equals(PatternShape.of(pattern.id(), now.set()))) {
        taken.restart(i);
        if (alarm == null) {
          taken.countWhatFirstStepHolds(pattern, i);
        }
      }
      if (open.containsKey(pattern.id()) || !applies(pattern, now.attributes())) {
        taken.restart(i + 1);
        continue;
      }
      OptionalLong onset = taken.take(pattern, i, raised);
      if (onset.isPresent()) {
        taken.restart(i + 1);
        open.put(
            pattern.id(), new Open(onset.getAsLong(), now.at(), pattern.identity().severity()));
        openAfter.get(i).add(pattern.id());
        raised.add(pattern.id());
        say("RAISED", pattern, pattern.identity().severity(), onset.getAsLong(), now.at());
      }
    }
  }

  /** With the change of the file itself, at the last reading under the old one. */
  private void clearRemoved(PatternSet set, long at) {
    for (String id : List.copyOf(open.keySet())) {
      if (set.patterns().stream().noneMatch(pattern -> pattern.id().equals(id))) {
        Open alarm = open.remove(id);
        lines.add("CLEARED " + id + " " + alarm.severity + " " + alarm.onset + " " + at);
      }
    }
  }

  private void follow(PatternDefinition pattern, Open alarm, int i) {
    long at = history.get(i).at();
    List<Escalation> escalations = pattern.escalations();
    if (isOver(pattern, i)) {
      open.remove(pattern.id());
      openAfter.get(i).remove(pattern.id());
      say("CLEARED", pattern, alarm.severity, alarm.onset, at);
      return;
    }
    for (Escalation stage : escalations) {
      boolean worse =
          MILDEST_FIRST.indexOf(stage.severity()) > MILDEST_FIRST.indexOf(alarm.severity);
      if (worse && at >= alarm.raised + stage.afterMs()) {
        alarm.severity = stage.severity();
        say("ESCALATED", pattern, alarm.severity, alarm.onset, at);
      }
    }
  }

  private boolean isOver(PatternDefinition pattern, int i) {
    return pattern.identity().title().equals(RandomPattern.ENDS_BY_ITSELF)
        ? truths.isFalse(pattern.lastStep().what(), pattern, i)
        : truths.hasHeld(pattern.clear().when(), pattern, pattern.clear().forMs(), i);
  }

  private void say(String state, PatternDefinition pattern, String severity, long onset, long at) {
    lines.add(state + " " + pattern.id() + " " + severity + " " + onset + " " + at);
  }

  private static boolean applies(PatternDefinition pattern, Attributes attributes) {
    return pattern.appliesTo().entrySet().stream()
        .allMatch(
            wanted ->
                wanted.getValue().contains(attributes.texts().getOrDefault(wanted.getKey(), "")));
  }
}
