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

/** Makes the {@link Alarm} that is emitted with each transition: its numbers and its text. */
final class AlarmFactory {

  private final ConditionTable table;
  private final ConditionEvaluator signals;

  AlarmFactory(ConditionTable table, ConditionEvaluator signals) {
    this.table = table;
    this.signals = signals;
  }

  /** A transition caused by a reading, or by silence. */
  Alarm withReading(
      CompiledPattern pattern,
      DeviceId device,
      OpenAlarm open,
      Transition transition,
      ReadingValues reading) {
    PatternDefinition definition = pattern.definition();
    double value = Double.NaN;
    double threshold = Double.NaN;
    boolean ratio = false;
    if (pattern.indexes().hasDeciding()) {
      int signal = pattern.indexes().deciding();
      value = signals.value(signal);
      threshold = reading.levels().of(signal).level();
      ratio = table.definitionOf(signal).ratio();
    }
    Map<String, Double> report = new LinkedHashMap<>();
    definition
        .notification()
        .report()
        .forEach(
            (name, expression) -> {
              double number = expression.evaluate(reading.variables());
              if (Double.isFinite(number)) {
                report.put(name, number);
              }
            });
    MessageTemplate.AlarmValues values =
        new MessageTemplate.AlarmValues(
            value, threshold, open.peak(), transition.at() - open.onsetAt(), ratio);
    return new Alarm(
        episode(device, definition.id(), open),
        transition.state(),
        open.severity(),
        transition.at(),
        transition.ordinal(),
        value,
        threshold,
        open.peak(),
        new Alarm.Said(
            AlarmText.of(
                transition.state(), open.handling().returned(), definition, values, reading),
            report,
            "",
            transition.isRaise() ? definition.notification().command() : ""));
  }

  /** A transition requested by a person, between readings. */
  static Alarm requested(
      CompiledPattern pattern,
      DeviceId device,
      OpenAlarm open,
      Transition transition,
      String message,
      String by) {
    return new Alarm(
        episode(device, pattern.id(), open),
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

  /** The clearing of an alarm without a reading. */
  static Alarm clearedBy(String pattern, OpenAlarm open, AlarmClearing clearing, int ordinal) {
    return new Alarm(
        episode(clearing.device(), pattern, open),
        AlarmState.CLEARED,
        open.severity(),
        clearing.at(),
        ordinal,
        Double.NaN,
        Double.NaN,
        open.peak(),
        new Alarm.Said("Cleared: " + clearing.why(), Map.of(), clearing.reason(), ""));
  }

  /**
   * What is known with the reading: the device's levels, the values of the file's variables, and
   * the device's text attributes.
   */
  record ReadingValues(DeviceLevels levels, double[] variables, Map<String, String> texts) {}

  /**
   * What happened, and when.
   *
   * @param ordinal among the transitions of the pattern within the same millisecond, from 0
   */
  record Transition(AlarmState state, long at, int ordinal) {

    /** A flapping alarm is raised like any other; only its text differs. */
    boolean isRaise() {
      return state == AlarmState.RAISED || state == AlarmState.FLAPPING;
    }
  }
}
