package io.motorwatch.patterns.signal;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorStateDetector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every distinct condition of a pattern file, each once, in an order in which it can be evaluated,
 * with the durations that patterns wait for. Built once per pattern file; the index of a condition
 * is its place in the state of every device.
 */
public final class ConditionTable {

  private static final long[] NONE = {};

  /** The number of devices with own levels whose levels are cached. */
  private static final int MOST_REMEMBERED = 10_000;

  private final PatternSet set;
  private final List<ConditionNode> nodes = new ArrayList<>();
  private final List<ConditionId> ids = new ArrayList<>();
  private final Map<ConditionNode, Integer> indexes = new HashMap<>();
  private final Map<Integer, long[]> durations = new HashMap<>();
  private final TreeSet<Integer> sinceKept = new TreeSet<>();

  /** With how many sets of overrides patterns use a signal, by its shared id. */
  private final Map<Long, Integer> variants = new HashMap<>();

  private final MotorStateDetector motor;
  private final long motorGapMs;
  private final FunctionMemory functionMemory;
  private final Map<DeviceId, DeviceLevels> own = new HashMap<>();
  private @Nullable DeviceLevels common;
  private @Nullable ConditionLogic logic;
  private boolean anyOverrides;

  public ConditionTable(PatternSet set) {
    this.set = set;
    this.motor = new MotorStateDetector(set.variables());
    this.functionMemory = FunctionMemory.of(set.variables());
    // A motor state lasts through the longest gap that any signal allows.
    this.motorGapMs =
        set.signals().values().stream()
            .mapToLong(signal -> signal.level().maxGapMs())
            .max()
            .orElse(SignalLevel.DEFAULT_MAX_GAP_MS);
  }

  /** The index of a condition with the overrides of this pattern. */
  public int indexOf(Condition condition, PatternDefinition pattern) {
    if (condition instanceof Condition.On on) {
      SignalDefinition definition = Objects.requireNonNull(set.signals().get(on.signal()));
      Map<String, SignalLevel> overrides = overrides(pattern, on.signal());
      String overriddenBy = overrides.isEmpty() ? "" : pattern.id();
      return add(
          new ConditionNode.Signal(definition, overriddenBy, overrides),
          ConditionId.ofSignal(definition, overriddenBy));
    }
    if (condition instanceof Condition.Not not) {
      int of = indexOf(not.of(), pattern);
      return add(
          new ConditionNode.Not(of),
          ConditionId.of(ConditionNode.Kind.NOT.word(), List.of(ids.get(of))));
    }
    if (condition instanceof Condition.All all) {
      List<Integer> of = indexesOf(all.of(), pattern);
      return add(
          new ConditionNode.All(of),
          ConditionId.of(ConditionNode.Kind.ALL.word(), of.stream().map(ids::get).toList()));
    }
    if (condition instanceof Condition.Any any) {
      List<Integer> of = indexesOf(any.of(), pattern);
      return add(
          new ConditionNode.Any(of),
          ConditionId.of(ConditionNode.Kind.ANY.word(), of.stream().map(ids::get).toList()));
    }
    if (condition instanceof Condition.Counted counted) {
      int what = indexOf(counted.what(), pattern);
      return add(
          new ConditionNode.Counted(what, counted.count(), counted.of()),
          ConditionId.ofCounted(counted.count(), counted.of(), ids.get(what).own()));
    }
    if (condition instanceof Condition.Motor state) {
      return add(
          new ConditionNode.Motor(state.state()), ConditionId.of("state " + state.state().name()));
    }
    if (condition instanceof Condition.Silent) {
      return add(new ConditionNode.Silent(), ConditionId.of("silent"));
    }
    if (condition instanceof Condition.AlarmOpen alarm) {
      return add(
          new ConditionNode.Alarm(alarm.pattern()), ConditionId.of("alarm " + alarm.pattern()));
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

  private int add(ConditionNode node, ConditionId id) {
    Integer known = indexes.get(node);
    if (known != null) {
      return known;
    }
    nodes.add(node);
    ids.add(id);
    if (node.kind() == ConditionNode.Kind.SIGNAL) {
      variants.merge(id.shared(), 1, Integer::sum);
    }
    indexes.put(node, nodes.size() - 1);
    return nodes.size() - 1;
  }

  /** Requests an edge when the condition has been true for this long, milliseconds. */
  public void addDuration(int index, long durationMs) {
    TreeSet<Long> all = new TreeSet<>();
    for (long asked : durationsOf(index)) {
      all.add(asked);
    }
    all.add(durationMs);
    durations.put(index, all.stream().mapToLong(Long::longValue).toArray());
    sinceKept.add(index);
  }

  /** Requests that state holds since when the condition is true. */
  public void keepSince(int index) {
    sinceKept.add(index);
  }

  boolean keepsSince(int index) {
    return sinceKept.contains(index);
  }

  long[] durationsOf(int index) {
    return durations.getOrDefault(index, NONE);
  }

  /** The first signal a condition depends on, if any: the one whose value alarms report. */
  public OptionalInt firstSignal(int index) {
    ConditionNode node = nodes.get(index);
    if (node instanceof ConditionNode.Signal) {
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

  /** Whether a condition may change while the device is silent. */
  public boolean dependsOnSilence(int index) {
    ConditionNode node = nodes.get(index);
    return node instanceof ConditionNode.Silent
        || node.inputs().stream().anyMatch(this::dependsOnSilence);
  }

  /** The levels of a device. Nothing may be added to the table afterwards. */
  public DeviceLevels levelsOf(DeviceId device) {
    DeviceLevels shared = common;
    if (shared == null) {
      shared = levels(null);
      common = shared;
      anyOverrides =
          nodes.stream()
              .anyMatch(node -> node instanceof ConditionNode.Signal s && s.hasOverrides());
    }
    return anyOverrides && isOverridden(device) ? ownLevelsOf(device) : shared;
  }

  private boolean isOverridden(DeviceId device) {
    for (ConditionNode node : nodes) {
      if (node instanceof ConditionNode.Signal signal && signal.overrideOf(device) != null) {
        return true;
      }
    }
    return false;
  }

  private DeviceLevels ownLevelsOf(DeviceId device) {
    if (own.size() >= MOST_REMEMBERED) {
      own.clear();
    }
    return own.computeIfAbsent(device, this::levels);
  }

  private DeviceLevels levels(@Nullable DeviceId device) {
    SignalLevel[] levels = new SignalLevel[nodes.size()];
    long[] gaps = new long[levels.length];
    for (int i = 0; i < levels.length; i++) {
      if (nodes.get(i) instanceof ConditionNode.Signal signal) {
        SignalLevel override = device == null ? null : signal.overrideOf(device);
        levels[i] = override == null ? signal.definition().level() : override;
      }
      gaps[i] = gapOf(i, levels, gaps);
    }
    return new DeviceLevels(levels, gaps);
  }

  /** A gap of any input is a gap of a composed condition. */
  private long gapOf(int index, SignalLevel[] levels, long[] gaps) {
    ConditionNode node = nodes.get(index);
    if (node instanceof ConditionNode.Signal) {
      return levels[index].maxGapMs();
    }
    if (node instanceof ConditionNode.Motor) {
      return motorGapMs;
    }
    return node.inputs().stream().mapToLong(input -> gaps[input]).min().orElse(Long.MAX_VALUE);
  }

  public SignalDefinition definitionOf(int signal) {
    return ((ConditionNode.Signal) nodes.get(signal)).definition();
  }

  /** The value of a variable of the file among those of a reading. */
  double value(String variable, double[] variables) {
    int index = set.variables().names().indexOf(variable);
    return index < 0 ? Double.NaN : variables[index];
  }

  public int size() {
    return nodes.size();
  }

  ConditionNode node(int index) {
    return nodes.get(index);
  }

  /** Evaluates composed conditions. Nothing may be added to the table afterwards. */
  ConditionLogic logic() {
    ConditionLogic known = logic;
    if (known == null) {
      known = new ConditionLogic(nodes);
      logic = known;
    }
    return known;
  }

  ConditionId id(int index) {
    return ids.get(index);
  }

  /** Identifies a condition across files; see {@link ConditionId}. */
  public long ownId(int index) {
    return ids.get(index).own();
  }

  /** Identifies what a step waits for: how many readings of how many is no part of it. */
  public long stepId(int index) {
    ConditionId id = ids.get(index);
    return nodes.get(index).kind() == ConditionNode.Kind.COUNTED ? id.shared() : id.own();
  }

  /** Whether patterns use the signal with different overrides. */
  boolean hasVariants(int signal) {
    return variants.getOrDefault(ids.get(signal).shared(), 0) > 1;
  }

  MotorStateDetector motor() {
    return motor;
  }

  /**
   * The stateful functions that a device needs, a bit for each.
   *
   * @param names all that the conditions of its patterns read, calls of functions included
   */
  public long functionsOf(Set<String> names) {
    return functionMemory.functionsOf(names);
  }

  FunctionMemory functionMemory() {
    return functionMemory;
  }

  long motorGapMs() {
    return motorGapMs;
  }
}
