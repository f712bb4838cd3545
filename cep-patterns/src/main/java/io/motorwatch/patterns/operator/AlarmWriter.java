package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.definition.MessageTemplate;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.SignalBank;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts transitions into words and numbers. */
final class AlarmWriter {

  private final ConditionTable table;
  private final SignalBank signals;

  AlarmWriter(ConditionTable table, SignalBank signals) {
    this.table = table;
    this.signals = signals;
  }

  Alarm write(
      Rule rule, DeviceId device, OpenAlarm open, Transition transition, double[] variables) {
    PatternDefinition pattern = rule.definition();
    AlarmEpisode episode =
        new AlarmEpisode(
            device,
            pattern.id(),
            open.patternVersion(),
            open.ansi(),
            open.onsetAt(),
            open.raisedAt());
    double value = Double.NaN;
    double threshold = Double.NaN;
    boolean ratio = false;
    if (rule.decidingSignal().isPresent()) {
      int signal = rule.decidingSignal().getAsInt();
      value = signals.value(signal);
      threshold = table.levelOf(signal, device).level();
      ratio = table.definitionOf(signal).ratio();
    }
    Map<String, Double> report = new LinkedHashMap<>();
    pattern
        .report()
        .forEach(
            (name, expression) -> {
              double number = expression.evaluate(variables);
              if (Double.isFinite(number)) {
                report.put(name, number);
              }
            });
    MessageTemplate.Facts facts =
        new MessageTemplate.Facts(
            value, threshold, open.peak(), transition.at() - open.onsetAt(), ratio);
    String message =
        transition.state() == AlarmState.CLEARED
            ? cleared(pattern, facts)
            : pattern.message().render(facts, variables);
    return new Alarm(
        episode,
        transition.state(),
        open.severity(),
        transition.at(),
        transition.ordinal(),
        value,
        threshold,
        open.peak(),
        message,
        report,
        "");
  }

  /** The end of an alarm that no reading cleared. */
  static Alarm ended(String pattern, OpenAlarm open, Ending ending, int ordinal) {
    return new Alarm(
        new AlarmEpisode(
            ending.device(),
            pattern,
            open.patternVersion(),
            open.ansi(),
            open.onsetAt(),
            open.raisedAt()),
        AlarmState.CLEARED,
        open.severity(),
        ending.at(),
        ordinal,
        Double.NaN,
        Double.NaN,
        open.peak(),
        "Cleared: " + ending.why(),
        Map.of(),
        ending.reason());
  }

  /** The pattern's own words tell of something going on; this is over. */
  private static String cleared(PatternDefinition pattern, MessageTemplate.Facts facts) {
    String duration = MessageTemplate.duration(facts.durationMs());
    String peak =
        Double.isNaN(facts.peak())
            ? ""
            : ", peak " + MessageTemplate.quantity(facts.peak(), facts.ratio());
    return "Cleared after " + duration + peak + ": " + pattern.identity().title();
  }

  /** What happened, when, and the how-manieth it is of its pattern within the millisecond. */
  record Transition(AlarmState state, long at, int ordinal) {}
}
