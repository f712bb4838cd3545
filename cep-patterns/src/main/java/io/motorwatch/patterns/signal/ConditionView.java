package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.SignalView;
import io.motorwatch.patterns.motor.MotorState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at evaluated conditions of a device, after a reading; changes nothing. */
public final class ConditionView {

  private final ConditionTable table;
  private final ConditionEvaluator evaluator;

  public ConditionView(ConditionTable table, ConditionEvaluator evaluator) {
    this.table = table;
    this.evaluator = evaluator;
  }

  /**
   * A device's conditions as its last reading left them.
   *
   * @param beforeAt device time of the reading before, or {@link DeviceConditions#NEVER}
   */
  public record Reading(
      long beforeAt, DeviceLevels levels, DeviceConditions conditions, ConditionEdges edges) {}

  /** What a condition is, for a person. */
  public String text(int index) {
    ConditionNode node = table.node(index);
    if (node instanceof ConditionNode.Signal signal) {
      return signal.definition().name();
    } else if (node instanceof ConditionNode.Not not) {
      return "not " + text(not.of());
    } else if (node instanceof ConditionNode.Counted counted) {
      return text(counted.what()) + " at " + counted.count() + " of " + counted.of() + " readings";
    } else if (node instanceof ConditionNode.All all) {
      return "all of " + texts(all.of());
    } else if (node instanceof ConditionNode.Any any) {
      return "any of " + texts(any.of());
    } else if (node instanceof ConditionNode.Motor motor) {
      return "state " + motor.state();
    } else if (node instanceof ConditionNode.Alarm alarm) {
      return "alarm " + alarm.pattern();
    }
    return "silent";
  }

  private String texts(List<Integer> indexes) {
    return indexes.stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** The signals a condition depends on. */
  public List<SignalView> signals(int index, Reading reading, double[] variables) {
    List<SignalView> views = new ArrayList<>();
    Set<Integer> signals = new TreeSet<>();
    collectSignals(index, signals);
    for (int signal : signals) {
      views.add(view(signal, reading, variables));
    }
    return views;
  }

  private void collectSignals(int index, Set<Integer> signals) {
    if (table.node(index) instanceof ConditionNode.Signal) {
      signals.add(index);
    }
    table.node(index).inputs().forEach(input -> collectSignals(input, signals));
  }

  private SignalView view(int index, Reading reading, double[] variables) {
    SignalDefinition definition = table.definitionOf(index);
    SignalLevel level = reading.levels().of(index);
    byte truth = reading.conditions().truths[index];
    SignalView.Truth shown =
        truth == TruthValue.UNKNOWN
            ? SignalView.Truth.UNKNOWN
            : truth == TruthValue.TRUE ? SignalView.Truth.TRUE : SignalView.Truth.FALSE;
    return new SignalView(
        definition.name(),
        definition.text(),
        shown,
        shown == SignalView.Truth.UNKNOWN
            ? OptionalLong.empty()
            : OptionalLong.of(reading.conditions().since(index)),
        evaluator.value(index),
        new SignalView.Level(
            level.direction() == SignalLevel.Direction.ABOVE,
            level.level(),
            level.reset(),
            level.maxGapMs()),
        definition.names().stream()
            .filter(name -> Double.isNaN(table.value(name, variables)))
            .sorted()
            .toList());
  }

  /** Why a condition ended with the reading, by becoming false or by a gap. */
  public BreakCause cause(int index, Reading reading) {
    DeviceConditions now = reading.conditions();
    long gap = reading.beforeAt() == DeviceConditions.NEVER ? 0 : now.lastAt - reading.beforeAt();
    long maxGap = reading.levels().gaps()[index];
    if (gap > maxGap) {
      return new BreakCause.Gap(gap, maxGap);
    }
    ConditionNode node = table.node(index);
    if (node instanceof ConditionNode.Signal signal) {
      return ofSignal(index, signal.definition(), reading);
    } else if (node instanceof ConditionNode.Not not) {
      return table.node(not.of()) instanceof ConditionNode.Alarm alarm
          ? new BreakCause.AlarmChanged(alarm.pattern())
          : new BreakCause.Became(text(not.of()));
    } else if (node instanceof ConditionNode.Counted counted) {
      return new BreakCause.TooFew(now.heldReadings(index), counted.count(), counted.of());
    } else if (node instanceof ConditionNode.All || node instanceof ConditionNode.Any) {
      return cause(ended(node.inputs(), reading), reading);
    } else if (node instanceof ConditionNode.Motor motor) {
      return new BreakCause.MotorState("state " + motor.state(), motor(now));
    } else if (node instanceof ConditionNode.Alarm alarm) {
      return new BreakCause.AlarmChanged(alarm.pattern());
    }
    return new BreakCause.NotSilent();
  }

  private BreakCause ofSignal(int index, SignalDefinition definition, Reading reading) {
    MotorState motor = reading.conditions().motor;
    if (definition.dependsOnMotor()
        && (motor == null || !definition.whileStates().contains(motor))) {
      return new BreakCause.MotorState(definition.name(), motor(reading.conditions()));
    }
    SignalLevel level = reading.levels().of(index);
    double value = evaluator.value(index);
    return new BreakCause.Level(
        definition.name(),
        value,
        level.exitsAt(value) ? level.reset() : level.level(),
        level.direction() == SignalLevel.Direction.ABOVE);
  }

  /** The input that ended with the reading; else one that is not true. */
  private static int ended(List<Integer> inputs, Reading reading) {
    for (ConditionEdges.Indexes ends :
        List.of(reading.edges().ends(), reading.edges().endsByAlarm())) {
      for (int i = 0; i < ends.size(); i++) {
        if (inputs.contains(ends.get(i)) && !reading.conditions().holds(ends.get(i))) {
          return ends.get(i);
        }
      }
    }
    return inputs.stream()
        .filter(input -> !reading.conditions().holds(input))
        .findFirst()
        .orElse(inputs.get(0));
  }

  /** The motor's state; empty while it is unknown. */
  public static String motor(DeviceConditions conditions) {
    return conditions.motor == null ? "" : conditions.motor.name();
  }
}
