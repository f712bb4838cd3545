package io.motorwatch.patterns.oracle;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import io.motorwatch.patterns.oracle.OracleSignalViews.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is true of a device with each reading of its history. */
final class OracleConditions {

  /**
   * A condition as it is seen with one reading: each of its signals, null where it was not
   * evaluated.
   */
  private record Seen(Condition condition, List<@Nullable View> views) {

    @Nullable View view(String signal) {
      return views.get(OracleSignalViews.signals(condition).indexOf(signal));
    }
  }

  /** Never true, and never false either. */
  private static final Condition NOT_COUNTED =
      new Condition.Counted(new Condition.All(List.of()), 1, 1);

  private final List<HistoryReading> history;
  private final DeviceId device;
  private final List<Set<String>> openAfter;
  private final Map<String, @Nullable Boolean> known = new HashMap<>();
  private final Map<Integer, @Nullable MotorState> motors = new HashMap<>();

  /**
   * @param openAfter the patterns whose alarms are open, after each reading so far
   */
  OracleConditions(List<HistoryReading> history, DeviceId device, List<Set<String>> openAfter) {
    this.history = history;
    this.device = device;
    this.openAfter = openAfter;
  }

  private static Seen seen(Condition condition, PatternDefinition pattern) {
    List<@Nullable View> views = new ArrayList<>();
    OracleSignalViews.signals(condition)
        .forEach(signal -> views.add(OracleSignalViews.of(signal, pattern)));
    return new Seen(condition, views);
  }

  /** The same with the reading before, the first of whose file this may be. */
  private Seen before(Seen seen, int i) {
    List<@Nullable View> views = new ArrayList<>();
    seen.views().forEach(view -> views.add(view == null ? null : before(view, i)));
    return new Seen(conditionBefore(seen.condition(), views, i), views);
  }

  /** What is counted may have been counted otherwise, and is unknown where it was not. */
  private Condition conditionBefore(Condition condition, List<@Nullable View> views, int i) {
    PatternSet then = history.get(i - 1).set();
    if (then.version() == history.get(i).set().version()) {
      return condition;
    }
    if (condition instanceof Condition.Counted counted) {
      Condition.Counted before =
          views.contains(null)
              ? null
              : OracleSignalViews.counted(counted, List.copyOf(views), then);
      return before == null ? NOT_COUNTED : before;
    }
    if (condition instanceof Condition.Not not) {
      return new Condition.Not(conditionBefore(not.of(), views, i));
    }
    if (condition instanceof Condition.All all) {
      return new Condition.All(
          all.of().stream().map(each -> conditionBefore(each, views, i)).toList());
    }
    return condition;
  }

  /** Whether so many of the latest readings were true, up to the last gap. */
  private @Nullable Boolean counted(Condition.Counted counted, Seen whole, int i) {
    Seen seen = new Seen(counted.what(), whole.views());
    int known = 0;
    int count = 0;
    for (int j = i; known < counted.of(); j--) {
      Boolean truth = of(seen, j);
      if (truth != null && isEvaluated(seen, j)) {
        known++;
        count += truth ? 1 : 0;
      }
      if (j == 0 || gapBefore(seen, j)) {
        break;
      }
      Seen earlier = before(seen, j);
      boolean continues =
          history.get(j).set().version() == history.get(j - 1).set().version()
              || (!earlier.views().contains(null)
                  && OracleSignalViews.counted(
                          counted, List.copyOf(earlier.views()), history.get(j - 1).set())
                      != null);
      if (!continues) {
        break;
      }
      seen = earlier;
    }
    return known == 0 ? null : count >= counted.count();
  }

  private boolean isEvaluated(Seen seen, int i) {
    HistoryReading now = history.get(i);
    return seen.views().isEmpty()
        || seen.views().stream()
            .anyMatch(
                view ->
                    view != null
                        && Double.isFinite(
                            now.set()
                                .signals()
                                .get(view.signal())
                                .value()
                                .evaluate(now.variables())));
  }

  private @Nullable View before(View view, int i) {
    PatternSet then = history.get(i - 1).set();
    PatternSet now = history.get(i).set();
    if (then.version() == now.version()) {
      return view;
    }
    boolean same =
        then.signals().containsKey(view.signal())
            && PatternShape.measured(view.signal(), then)
                .equals(PatternShape.measured(view.signal(), now));
    return same ? OracleSignalViews.before(view, then) : null;
  }

  /** Whether a condition of a pattern is true with reading i; null where unknown. */
  private @Nullable Boolean of(Condition condition, Seen whole, int i) {
    if (condition instanceof Condition.AlarmOpen alarm) {
      return openAfter.get(i).contains(alarm.pattern());
    }
    if (condition instanceof Condition.On on) {
      View view = whole.view(on.signal());
      return view == null ? null : signal(view, i);
    }
    if (condition.equals(NOT_COUNTED)) {
      return null;
    }
    if (condition instanceof Condition.Counted counted) {
      return counted(counted, whole, i);
    }
    if (condition instanceof Condition.Motor state) {
      MotorState now = motor(i);
      return now == null ? null : now == state.state();
    }
    if (condition instanceof Condition.Not not) {
      Boolean other = of(not.of(), whole, i);
      return other == null ? null : !other;
    }
    if (condition instanceof Condition.All all) {
      return together(all.of(), whole, i, false);
    }
    return together(((Condition.Any) condition).of(), whole, i, true);
  }

  private @Nullable Boolean of(Seen seen, int i) {
    return of(seen.condition(), seen, i);
  }

  /** {@code decisive}: the value of one that decides for all. */
  private @Nullable Boolean together(
      List<Condition> conditions, Seen whole, int i, boolean decisive) {
    boolean unknown = false;
    for (Condition each : conditions) {
      Boolean truth = of(each, whole, i);
      if (truth == null) {
        unknown = true;
      } else if (truth == decisive) {
        return decisive;
      }
    }
    return unknown ? null : Boolean.valueOf(!decisive);
  }

  private @Nullable Boolean signal(View view, int i) {
    String key = view.signal() + " " + view.by() + " " + i;
    if (!known.containsKey(key)) {
      known.put(key, evaluate(view, i));
    }
    return known.get(key);
  }

  private @Nullable Boolean evaluate(View view, int i) {
    HistoryReading now = history.get(i);
    SignalDefinition signal = now.set().signals().get(view.signal());
    SignalLevel level = level(view, i);
    Boolean before = null;
    View then = i > 0 ? before(view, i) : null;
    if (then != null && now.at() - history.get(i - 1).at() <= level.maxGapMs()) {
      before = signal(then, i - 1);
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
    double levelThen = lastLevel(Objects.requireNonNull(then), i - 1);
    boolean stricter = above ? level.level() > levelThen : level.level() < levelThen;
    return stricter ? beyond : !(above ? value < level.reset() : value > level.reset());
  }

  /** The level in force when the signal was last evaluated with a value. */
  private double lastLevel(View latest, int upTo) {
    View view = latest;
    for (int i = upTo; ; i--) {
      HistoryReading then = history.get(i);
      double value = then.set().signals().get(view.signal()).value().evaluate(then.variables());
      if (Double.isFinite(value)) {
        return level(view, i).level();
      }
      view = Objects.requireNonNull(before(view, i));
    }
  }

  private SignalLevel level(View view, int i) {
    PatternSet set = history.get(i).set();
    for (PatternDefinition pattern : set.patterns()) {
      for (String key : List.of(device.path(), device.device())) {
        Map<String, SignalLevel> own = pattern.overrides().get(key);
        if (pattern.id().equals(view.by()) && own != null && own.containsKey(view.signal())) {
          return own.get(view.signal());
        }
      }
    }
    return set.signals().get(view.signal()).level();
  }

  private @Nullable MotorState motor(int i) {
    if (!motors.containsKey(i)) {
      motors.put(i, OracleMotorStates.at(history, i, this::motorGap));
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
  private boolean gapBefore(Seen seen, int i) {
    return history.get(i).at() - history.get(i - 1).at() > gap(seen.condition(), seen, i);
  }

  private long gap(Condition condition, Seen whole, int i) {
    if (condition instanceof Condition.On on) {
      return level(Objects.requireNonNull(whole.view(on.signal())), i).maxGapMs();
    }
    if (condition instanceof Condition.Motor) {
      return motorGap(i);
    }
    if (condition instanceof Condition.Counted counted) {
      return gap(counted.what(), whole, i);
    }
    if (condition instanceof Condition.Not not) {
      return gap(not.of(), whole, i);
    }
    if (condition instanceof Condition.AlarmOpen) {
      return Long.MAX_VALUE;
    }
    List<Condition> several =
        condition instanceof Condition.All all ? all.of() : ((Condition.Any) condition).of();
    return several.stream().mapToLong(each -> gap(each, whole, i)).min().orElse(Long.MAX_VALUE);
  }

  /** The reading since which a condition that is true at i has been true without a gap. */
  int onset(Condition condition, PatternDefinition pattern, int i) {
    Seen seen = seen(condition, pattern);
    int onset = i;
    while (onset > 0 && !gapBefore(seen, onset)) {
      Seen earlier = before(seen, onset);
      if (!Boolean.TRUE.equals(of(earlier, onset - 1))) {
        break;
      }
      boolean changed =
          history.get(onset).set().version() != history.get(onset - 1).set().version();
      onset--;
      if (changed && !isRemembered(earlier, onset)) {
        break;
      }
      seen = earlier;
    }
    return onset;
  }

  /** Whether it is known since when it has held, once the file is another. */
  private boolean isRemembered(Seen seen, int i) {
    if (seen.condition() instanceof Condition.On
        || seen.condition() instanceof Condition.Motor
        || seen.condition() instanceof Condition.Counted) {
      return true;
    }
    return !seen.views().contains(null)
        && OracleSignalViews.keepsSince(
            seen.condition(), List.copyOf(seen.views()), history.get(i).set());
  }

  boolean begins(Condition condition, PatternDefinition pattern, int i) {
    return isTrue(condition, pattern, i) && onset(condition, pattern, i) == i;
  }

  boolean isTrue(Condition condition, PatternDefinition pattern, int i) {
    return Boolean.TRUE.equals(of(seen(condition, pattern), i));
  }

  boolean isFalse(Condition condition, PatternDefinition pattern, int i) {
    return Boolean.FALSE.equals(of(seen(condition, pattern), i));
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
    int onset = onset(condition, pattern, i);
    return onset == i || history.get(i - 1).at() - history.get(onset).at() < forMsBefore;
  }

  boolean hasHeld(Condition condition, PatternDefinition pattern, long forMs, int i) {
    return isTrue(condition, pattern, i)
        && history.get(i).at() - history.get(onset(condition, pattern, i)).at() >= forMs;
  }
}
