package io.motorwatch.patterns.oracle;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** As what patterns see signals: with overrides of their own, or like all others. */
final class OracleSignalViews {

  /**
   * A signal as some see it.
   *
   * @param by the pattern that overrides its level for some device; empty: those without overrides
   */
  record View(String signal, String by) {}

  private OracleSignalViews() {}

  static View of(String signal, PatternDefinition pattern) {
    boolean own = pattern.overrides().values().stream().anyMatch(each -> each.containsKey(signal));
    return new View(signal, own ? pattern.id() : "");
  }

  /** What a view was in the file before, by docs/patterns.md; null where no pattern used it. */
  static @Nullable View before(View view, PatternSet set) {
    Set<View> all = all(set);
    if (all.contains(view)) {
      return view;
    }
    View plain = new View(view.signal(), "");
    return all.contains(plain)
        ? plain
        : all.stream().filter(each -> each.signal().equals(view.signal())).findFirst().orElse(null);
  }

  private static Set<View> all(PatternSet set) {
    Set<View> all = new LinkedHashSet<>();
    for (PatternDefinition pattern : set.patterns()) {
      for (Condition condition : conditions(pattern)) {
        signals(condition).forEach(signal -> all.add(of(signal, pattern)));
      }
    }
    return all;
  }

  private static List<Condition> conditions(PatternDefinition pattern) {
    List<Condition> all = new ArrayList<>();
    for (Step step : pattern.sequence()) {
      all.add(step.what());
      if (step.absent() != null) {
        all.add(step.absent().what());
      }
    }
    all.add(pattern.clear().when());
    return all;
  }

  static List<String> signals(Condition condition) {
    if (condition instanceof Condition.On on) {
      return List.of(on.signal());
    }
    if (condition instanceof Condition.Counted counted) {
      return signals(counted.what());
    }
    if (condition instanceof Condition.Not not) {
      return signals(not.of());
    }
    if (condition instanceof Condition.All all) {
      return all.of().stream().flatMap(each -> signals(each).stream()).toList();
    }
    if (condition instanceof Condition.Any any) {
      return any.of().stream().flatMap(each -> signals(each).stream()).toList();
    }
    return List.of();
  }

  /**
   * Whether a file knows since when a condition of several, or an {@code off}, holds: it has asked
   * how long it does.
   */
  static boolean keepsSince(Condition condition, List<View> views, PatternSet set) {
    for (PatternDefinition pattern : set.patterns()) {
      if (!signals(condition).stream().map(each -> of(each, pattern)).toList().equals(views)) {
        continue;
      }
      boolean asked = pattern.clear().forMs() > 0 && pattern.clear().when().equals(condition);
      for (Step step : pattern.sequence()) {
        asked |= asks(step, condition) || asks(step.absent(), condition);
      }
      if (asked) {
        return true;
      }
    }
    return false;
  }

  /**
   * How a file counts the readings of a condition: as another file does, or else as its first
   * pattern that counts them; null where none does.
   */
  static Condition.@Nullable Counted counted(
      Condition.Counted like, List<View> views, PatternSet set) {
    Condition.Counted first = null;
    for (PatternDefinition pattern : set.patterns()) {
      for (Condition condition : conditions(pattern)) {
        if (condition instanceof Condition.Counted counted
            && counted.what().equals(like.what())
            && signals(condition).stream().map(each -> of(each, pattern)).toList().equals(views)) {
          if (counted.equals(like)) {
            return counted;
          }
          first = first == null ? counted : first;
        }
      }
    }
    return first;
  }

  private static boolean asks(@Nullable Step step, Condition condition) {
    return step != null && step.persists() && step.what().equals(condition);
  }
}
