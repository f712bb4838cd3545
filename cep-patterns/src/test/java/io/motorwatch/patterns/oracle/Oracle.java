package io.motorwatch.patterns.oracle;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.Escalation;
import io.motorwatch.patterns.definition.PatternDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** All alarms of a device from its whole history. */
public final class Oracle {

  /** An alarm that is open. */
  private static final class Open {
    final long onset;
    final long raised;
    int escalated;

    Open(long onset, long raised) {
      this.onset = onset;
      this.raised = raised;
    }
  }

  private final List<Moment> history;
  private final List<Set<String>> openAfter = new ArrayList<>();
  private final Truths truths;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, Steps> steps = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  private Oracle(List<Moment> history, DeviceId device) {
    this.history = history;
    this.truths = new Truths(history, device, openAfter);
  }

  /** One line a transition: state, pattern, severity, onset, time. */
  public static List<String> alarms(List<Moment> history, DeviceId device) {
    Oracle oracle = new Oracle(history, device);
    for (int i = 0; i < history.size(); i++) {
      oracle.judge(i);
    }
    return oracle.lines;
  }

  private void judge(int i) {
    Moment now = history.get(i);
    openAfter.add(new HashSet<>(open.keySet()));
    Set<String> raised = new HashSet<>();
    for (PatternDefinition pattern : now.set().patterns()) {
      Steps taken = steps.computeIfAbsent(pattern.id(), id -> new Steps(history, truths));
      Open alarm = open.get(pattern.id());
      if (alarm != null) {
        follow(pattern, alarm, i);
      }
      if (open.containsKey(pattern.id()) || !applies(pattern, now.attributes())) {
        taken.startAnew(i + 1);
        continue;
      }
      OptionalLong onset = taken.take(pattern, i, raised);
      if (onset.isPresent()) {
        taken.startAnew(i + 1);
        open.put(pattern.id(), new Open(onset.getAsLong(), now.at()));
        openAfter.get(i).add(pattern.id());
        raised.add(pattern.id());
        say("RAISED", pattern, pattern.identity().severity(), onset.getAsLong(), now.at());
      }
    }
  }

  private void follow(PatternDefinition pattern, Open alarm, int i) {
    long at = history.get(i).at();
    List<Escalation> escalations = pattern.escalations();
    if (truths.hasHeld(pattern.clear().when(), pattern, pattern.clear().forMs(), i)) {
      open.remove(pattern.id());
      openAfter.get(i).remove(pattern.id());
      say("CLEARED", pattern, severity(pattern, alarm), alarm.onset, at);
      return;
    }
    while (alarm.escalated < escalations.size()
        && at >= alarm.raised + escalations.get(alarm.escalated).afterMs()) {
      alarm.escalated++;
      say("ESCALATED", pattern, severity(pattern, alarm), alarm.onset, at);
    }
  }

  private static String severity(PatternDefinition pattern, Open alarm) {
    return alarm.escalated == 0
        ? pattern.identity().severity()
        : pattern.escalations().get(alarm.escalated - 1).severity();
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
