package io.motorwatch.patterns.oracle;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is true of a device with each reading of its history. */
final class Truths {

  private final List<Moment> history;
  private final DeviceId device;
  private final List<Set<String>> openAfter;
  private final Map<String, @Nullable Boolean> known = new HashMap<>();
  private final Map<Integer, @Nullable MotorState> motors = new HashMap<>();

  /**
   * @param openAfter the patterns whose alarms are open, after each reading judged so far
   */
  Truths(List<Moment> history, DeviceId device, List<Set<String>> openAfter) {
    this.history = history;
    this.device = device;
    this.openAfter = openAfter;
  }

  /** Whether a condition of a pattern is true with reading i; null where unknown. */
  @Nullable Boolean of(Condition condition, PatternDefinition pattern, int i) {
    if (condition instanceof Condition.AlarmOpen alarm) {
      return openAfter.get(i).contains(alarm.pattern());
    }
    if (condition instanceof Condition.On on) {
      return signal(on.signal(), pattern, i);
    }
    if (condition instanceof Condition.Motor state) {
      MotorState now = motor(i);
      return now == null ? null : now == state.state();
    }
    if (condition instanceof Condition.Not not) {
      Boolean other = of(not.of(), pattern, i);
      return other == null ? null : !other;
    }
    if (condition instanceof Condition.All all) {
      return together(all.of(), pattern, i, false);
    }
    return together(((Condition.Any) condition).of(), pattern, i, true);
  }

  /** {@code decisive}: the value of one that decides for all. */
  private @Nullable Boolean together(
      List<Condition> conditions, PatternDefinition pattern, int i, boolean decisive) {
    boolean unknown = false;
    for (Condition each : conditions) {
      Boolean truth = of(each, pattern, i);
      if (truth == null) {
        unknown = true;
      } else if (truth == decisive) {
        return decisive;
      }
    }
    return unknown ? null : Boolean.valueOf(!decisive);
  }

  private @Nullable Boolean signal(String name, PatternDefinition pattern, int i) {
    String key = name + " " + pattern.id() + " " + i;
    if (!known.containsKey(key)) {
      known.put(key, judge(name, pattern, i));
    }
    return known.get(key);
  }

  private @Nullable Boolean judge(String name, PatternDefinition pattern, int i) {
    Moment now = history.get(i);
    SignalDefinition signal = now.set().signals().get(name);
    SignalLevel level = level(name, pattern, i);
    Boolean before = null;
    if (i > 0 && now.at() - history.get(i - 1).at() <= level.maxGapMs() && same(name, i)) {
      before = signal(name, pattern, i - 1);
    }
    double value = signal.value().evaluate(now.variables());
    if (!Double.isFinite(value)) {
      return before;
    }
    MotorState motor = motor(i);
    if (signal.whileStates().size() < 3
        && (motor == null || !signal.whileStates().contains(motor))) {
      return false;
    }
    boolean above = level.direction() == SignalLevel.Direction.ABOVE;
    boolean beyond = above ? value > level.level() : value < level.level();
    if (!Boolean.TRUE.equals(before)) {
      return beyond;
    }
    double judgedBy = lastLevel(name, pattern, i - 1);
    boolean stricter = above ? level.level() > judgedBy : level.level() < judgedBy;
    return stricter ? beyond : !(above ? value < level.reset() : value > level.reset());
  }

  /** The level in force when the signal was last judged by a value. */
  private double lastLevel(String name, PatternDefinition pattern, int upTo) {
    for (int i = upTo; ; i--) {
      Moment then = history.get(i);
      double value = then.set().signals().get(name).value().evaluate(then.variables());
      if (Double.isFinite(value)) {
        return level(name, pattern, i).level();
      }
    }
  }

  /** Whether the signal measures the same as with the reading before. */
  private boolean same(String name, int i) {
    SignalDefinition before = history.get(i - 1).set().signals().get(name);
    SignalDefinition now = history.get(i).set().signals().get(name);
    return before != null
        && before.text().equals(now.text())
        && before.level().direction() == now.level().direction();
  }

  private SignalLevel level(String name, PatternDefinition pattern, int i) {
    PatternDefinition then =
        history.get(i).set().patterns().stream()
            .filter(each -> each.id().equals(pattern.id()))
            .findFirst()
            .orElse(pattern);
    for (String key : List.of(device.path(), device.device())) {
      Map<String, SignalLevel> own = then.overrides().get(key);
      if (own != null && own.containsKey(name)) {
        return own.get(name);
      }
    }
    return history.get(i).set().signals().get(name).level();
  }

  private @Nullable MotorState motor(int i) {
    if (!motors.containsKey(i)) {
      motors.put(i, Motors.at(history, i, motorGap(i)));
    }
    return motors.get(i);
  }

  private long motorGap(int i) {
    return history.get(i).set().signals().values().stream()
        .mapToLong(signal -> signal.level().maxGapMs())
        .max()
        .orElse(10_000);
  }

  /** Whether what was held ends before reading i, since none came for too long. */
  boolean gapBefore(Condition condition, PatternDefinition pattern, int i) {
    return i > 0 && history.get(i).at() - history.get(i - 1).at() > gap(condition, pattern, i);
  }

  private long gap(Condition condition, PatternDefinition pattern, int i) {
    if (condition instanceof Condition.On on) {
      return level(on.signal(), pattern, i).maxGapMs();
    }
    if (condition instanceof Condition.Motor) {
      return motorGap(i);
    }
    if (condition instanceof Condition.Not not) {
      return gap(not.of(), pattern, i);
    }
    if (condition instanceof Condition.AlarmOpen) {
      return Long.MAX_VALUE;
    }
    List<Condition> several =
        condition instanceof Condition.All all ? all.of() : ((Condition.Any) condition).of();
    return several.stream().mapToLong(each -> gap(each, pattern, i)).min().orElse(Long.MAX_VALUE);
  }

  /** The reading since which a condition that is true at i has been true without a gap. */
  int onset(Condition condition, PatternDefinition pattern, int i) {
    int onset = i;
    while (onset > 0
        && !gapBefore(condition, pattern, onset)
        && Boolean.TRUE.equals(of(condition, pattern, onset - 1))) {
      onset--;
    }
    return onset;
  }

  boolean begins(Condition condition, PatternDefinition pattern, int i) {
    return Boolean.TRUE.equals(of(condition, pattern, i)) && onset(condition, pattern, i) == i;
  }

  /**
   * Whether with reading i a condition has held for a duration, and had not with the reading before
   * for what the duration was then.
   */
  boolean reaches(
      Condition condition, PatternDefinition pattern, long forMs, long forMsBefore, int i) {
    if (!hasHeld(condition, pattern, forMs, i)) {
      return false;
    }
    boolean before =
        i > 0
            && onset(condition, pattern, i) < i
            && hasHeld(condition, pattern, forMsBefore, i - 1);
    return !before;
  }

  boolean hasHeld(Condition condition, PatternDefinition pattern, long forMs, int i) {
    return Boolean.TRUE.equals(of(condition, pattern, i))
        && history.get(i).at() - history.get(onset(condition, pattern, i)).at() >= forMs;
  }
}
