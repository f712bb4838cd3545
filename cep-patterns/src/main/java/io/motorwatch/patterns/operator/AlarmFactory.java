package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.OpenAlarm;
import io.motorwatch.patterns.definition.MessageTemplate;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.signal.ConditionEvaluator;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.DeviceLevels;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts transitions into words and numbers. */
final class AlarmFactory {

  private final ConditionTable table;
  private final ConditionEvaluator signals;

  AlarmFactory(ConditionTable table, ConditionEvaluator signals) {
    this.table = table;
    this.signals = signals;
  }

  /** A transition that a reading brought about. */
  Alarm write(
      CompiledPattern rule, DeviceId device, OpenAlarm open, Transition transition, Known known) {
    PatternDefinition pattern = rule.definition();
    double value = Double.NaN;
    double threshold = Double.NaN;
    boolean ratio = false;
    if (rule.nodes().hasDeciding()) {
      int signal = rule.nodes().deciding();
      value = signals.value(signal);
      threshold = known.levels().of(signal).level();
      ratio = table.definitionOf(signal).ratio();
    }
    Map<String, Double> report = new LinkedHashMap<>();
    pattern
        .telling()
        .report()
        .forEach(
            (name, expression) -> {
              double number = expression.evaluate(known.variables());
              if (Double.isFinite(number)) {
                report.put(name, number);
              }
            });
    MessageTemplate.Facts facts =
        new MessageTemplate.Facts(
            value, threshold, open.peak(), transition.at() - open.onsetAt(), ratio);
    return new Alarm(
        episode(device, pattern.id(), open),
        transition.state(),
        open.severity(),
        transition.at(),
        transition.ordinal(),
        value,
        threshold,
        open.peak(),
        new Alarm.Said(
            AlarmText.of(transition.state(), open.handling().returned(), pattern, facts, known),
            report,
            "",
            transition.isRaise() ? pattern.telling().command() : ""));
  }

  /** A transition that a person brought about, between readings. */
  static Alarm asked(
      CompiledPattern rule,
      DeviceId device,
      OpenAlarm open,
      Transition transition,
      String message,
      String by) {
    return new Alarm(
        episode(device, rule.id(), open),
        transition.state(),
        open.severity(),
        transition.at(),
        transition.ordinal(),
        Double.NaN,
        Double.NaN,
        open.peak(),
        new Alarm.Said(message, Map.of(), by.isEmpty() ? "" : "by " + by, ""));
  }

  static AlarmEpisode episode(DeviceId device, String pattern, OpenAlarm open) {
    OpenAlarm.Origin origin = open.origin();
    return new AlarmEpisode(
        device,
        pattern,
        origin.patternVersion(),
        origin.ansi(),
        origin.onsetAt(),
        origin.raisedAt());
  }

  /** The end of an alarm that no reading cleared. */
  static Alarm ended(String pattern, OpenAlarm open, AlarmClearing ending, int ordinal) {
    return new Alarm(
        episode(ending.device(), pattern, open),
        AlarmState.CLEARED,
        open.severity(),
        ending.at(),
        ordinal,
        Double.NaN,
        Double.NaN,
        open.peak(),
        new Alarm.Said("Cleared: " + ending.why(), Map.of(), ending.reason(), ""));
  }

  /**
   * What was known with the reading: the device's levels, the set's variables, and the device's
   * text attributes.
   */
  record Known(DeviceLevels levels, double[] variables, Map<String, String> texts) {}

  /** What happened, when, and the how-manieth it is of its pattern within the millisecond. */
  record Transition(AlarmState state, long at, int ordinal) {

    /** A flapping alarm is raised like any other, only told in other words. */
    boolean isRaise() {
      return state == AlarmState.RAISED || state == AlarmState.FLAPPING;
    }
  }
}
