package io.motorwatch.tools.patterntest;

import io.motorwatch.model.AlarmState;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.tools.patterntest.ExpectedAlarm.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Reads an alarm that a test expects. */
final class ExpectedAlarmParser {

  /** Transitions that an alarm has once. */
  private static final List<AlarmState> ONCE =
      List.of(AlarmState.RAISED, AlarmState.FLAPPING, AlarmState.CLEARED);

  /** Transitions that an alarm may have several times: a time or a list of times. */
  private static final List<AlarmState> OFTEN =
      List.of(AlarmState.ESCALATED, AlarmState.REPEATED, AlarmState.RETURNED);

  private ExpectedAlarmParser() {}

  static ExpectedAlarm parse(YamlNode node, NameReferences names, Collection<Problem> problems) {
    MappingReader fields = MappingReader.of(node, "an alarm", problems);
    fields.scalar("pattern").ifPresent(names::pattern);
    String pattern = fields.text("pattern").orElse("");
    long onset = fields.duration("onset", 0).orElse(0);
    List<Transition> transitions = new ArrayList<>();
    for (AlarmState state : ONCE) {
      fields.duration(key(state), 0).ifPresent(at -> transitions.add(new Transition(state, at)));
    }
    for (AlarmState state : OFTEN) {
      fields.durations(key(state), 0).forEach(at -> transitions.add(new Transition(state, at)));
    }
    boolean raised = fields.has(key(AlarmState.RAISED));
    if (pattern.isEmpty()
        || !fields.has("onset")
        || raised == fields.has(key(AlarmState.FLAPPING))) {
      fields.problem(
          fields.position(),
          "an alarm needs pattern, onset and raised, or flapping in place of raised");
    }
    fields.finish();
    return new ExpectedAlarm(pattern, onset, transitions);
  }

  private static String key(AlarmState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
