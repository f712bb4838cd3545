package io.motorwatch.patterns.signal;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Every distinct condition of a pattern set, each once, in an order in which it can be evaluated;
 * and for each the durations somebody waits for. Built once per pattern set; the index of a
 * condition is its slot in the state of every device.
 */
public final class ConditionTable {

  private static final long[] NONE = {};

  private final PatternSet set;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> indexes = new HashMap<>();
  private final Map<Integer, long[]> durations = new HashMap<>();
  private final MotorModel motor;
  private final long motorGapMs;

  public ConditionTable(PatternSet set) {
    this.set = set;
    this.motor = new MotorModel(set.variables());
    // Motor states last through the longest pause any signal forgives.
    this.motorGapMs =
        set.signals().values().stream()
            .mapToLong(signal -> signal.level().maxGapMs())
            .max()
            .orElse(SignalLevel.DEFAULT_MAX_GAP_MS);
  }

  /** The index of a condition as one pattern sees it: with its overrides of a device's level. */
  public int indexOf(Condition condition, PatternDefinition pattern) {
    if (condition instanceof Condition.On on) {
      SignalDefinition definition = Objects.requireNonNull(set.signals().get(on.signal()));
      return add(new Node.Signal(definition, overrides(pattern, on.signal())));
    }
    if (condition instanceof Condition.Not not) {
      return add(new Node.Not(indexOf(not.of(), pattern)));
    }
    if (condition instanceof Condition.All all) {
      return add(new Node.All(indexesOf(all.of(), pattern)));
    }
    if (condition instanceof Condition.Any any) {
      return add(new Node.Any(indexesOf(any.of(), pattern)));
    }
    if (condition instanceof Condition.Motor state) {
      return add(new Node.Motor(state.state()));
    }
    if (condition instanceof Condition.AlarmOpen alarm) {
      return add(new Node.Alarm(alarm.pattern()));
    }
    throw new IllegalStateException("no node for " + condition);
  }

  private List<Integer> indexesOf(List<Condition> conditions, PatternDefinition pattern) {
    return conditions.stream().map(each -> indexOf(each, pattern)).toList();
  }

  private static Map<String, SignalLevel> overrides(PatternDefinition pattern, String signal) {
    Map<String, SignalLevel> byDevice = new LinkedHashMap<>();
    pattern
        .overrides()
        .forEach(
            (device, levels) -> {
              SignalLevel level = levels.get(signal);
              if (level != null) {
                byDevice.put(device, level);
              }
            });
    return Map.copyOf(byDevice);
  }

  private int add(Node node) {
    Integer known = indexes.get(node);
    if (known != null) {
      return known;
    }
    nodes.add(node);
    indexes.put(node, nodes.size() - 1);
    return nodes.size() - 1;
  }

  /** Asks for an edge when the condition has held for this long, milliseconds. */
  public void watch(int index, long durationMs) {
    TreeSet<Long> all = new TreeSet<>();
    for (long asked : durationsOf(index)) {
      all.add(asked);
    }
    all.add(durationMs);
    durations.put(index, all.stream().mapToLong(Long::longValue).toArray());
  }

  long[] durationsOf(int index) {
    return durations.getOrDefault(index, NONE);
  }

  /** The first signal a condition depends on, if any: the one whose value alarms report. */
  public OptionalInt firstSignal(int index) {
    Node node = nodes.get(index);
    if (node instanceof Node.Signal) {
      return OptionalInt.of(index);
    }
    for (int input : node.inputs()) {
      OptionalInt first = firstSignal(input);
      if (first.isPresent()) {
        return first;
      }
    }
    return OptionalInt.empty();
  }

  public SignalLevel levelOf(int signal, DeviceId device) {
    return ((Node.Signal) nodes.get(signal)).levelFor(device);
  }

  public SignalDefinition definitionOf(int signal) {
    return ((Node.Signal) nodes.get(signal)).definition();
  }

  public int size() {
    return nodes.size();
  }

  Node node(int index) {
    return nodes.get(index);
  }

  MotorModel motor() {
    return motor;
  }

  long motorGapMs() {
    return motorGapMs;
  }

  /**
   * A number that differs between tables whose slots mean different things, so that state written
   * under one is not read under another. The same in every JVM.
   */
  public int fingerprint() {
    return nodes.stream().map(ConditionTable::describe).toList().hashCode();
  }

  private static String describe(Node node) {
    if (node instanceof Node.Signal signal) {
      return "signal " + signal.definition().name() + " " + signal.byDevice().isEmpty();
    }
    if (node instanceof Node.Motor motor) {
      return "motor " + motor.state().name();
    }
    return node.toString();
  }
}
