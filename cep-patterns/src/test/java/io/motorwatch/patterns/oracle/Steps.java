package io.motorwatch.patterns.oracle;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every way in which a pattern's steps have happened since it last started anew: each repetition of
 * each step with each choice of those before it, all remembered.
 */
final class Steps {

  /** A moment within a reading: beginnings (1), durations (2), alarms (5). */
  private record Tick(int reading, int part) implements Comparable<Tick> {
    @Override
    public int compareTo(Tick other) {
      return reading != other.reading
          ? Integer.compare(reading, other.reading)
          : Integer.compare(part, other.part);
    }
  }

  /**
   * One way in which all steps up to one have happened.
   *
   * @param stepBefore when the step before that one was complete
   */
  private record Way(long began, long stepBefore, Tick completed) {}

  private record Unit(Step step, int repetition, boolean first) {}

  private final List<Moment> history;
  private final Truths truths;
  private final List<List<Way>> ways = new ArrayList<>();
  private final List<List<Tick>> absences = new ArrayList<>();
  private int from;

  Steps(List<Moment> history, Truths truths) {
    this.history = history;
    this.truths = truths;
  }

  /** Forgets all; what began before the given reading no longer counts. */
  void startAnew(int reading) {
    from = reading;
    ways.clear();
    absences.clear();
  }

  /** The onset of a match that reading i completes. */
  OptionalLong take(PatternDefinition pattern, int i, Set<String> raised) {
    List<Unit> units = new ArrayList<>();
    for (int k = 0; k < pattern.sequence().size(); k++) {
      for (int r = 0; r < pattern.sequence().get(k).times(); r++) {
        units.add(new Unit(pattern.sequence().get(k), r, k == 0));
      }
    }
    while (ways.size() < units.size()) {
      ways.add(new ArrayList<>());
      absences.add(new ArrayList<>());
    }
    for (int part : new int[] {1, 2, 5}) {
      Tick tick = new Tick(i, part);
      for (int u = 0; u < units.size(); u++) {
        Step absent = units.get(u).step().absent();
        if (absent != null && completes(absent, pattern, tick, raised)) {
          absences.get(u).add(tick);
        }
      }
      for (int u = units.size() - 1; u >= 0; u--) {
        if (completes(units.get(u).step(), pattern, tick, raised)) {
          List<Way> found = found(units.get(u), u, pattern, tick);
          if (u == units.size() - 1 && !found.isEmpty()) {
            return OptionalLong.of(found.stream().mapToLong(Way::began).min().getAsLong());
          }
          ways.get(u).addAll(found);
        }
      }
    }
    return OptionalLong.empty();
  }

  private boolean completes(Step step, PatternDefinition pattern, Tick tick, Set<String> raised) {
    if (step.what() instanceof Condition.AlarmOpen alarm) {
      return tick.part() == 5 && raised.contains(alarm.pattern());
    }
    return step.persists()
        ? tick.part() == 2
            && truths.reaches(
                step.what(), pattern, step.forMs(), before(step, pattern, tick), tick.reading())
        : tick.part() == 1 && truths.begins(step.what(), pattern, tick.reading());
  }

  /** How long the step lasted under the file of the reading before. */
  @SuppressWarnings("ReferenceEquality") // Which of the pattern's own steps it is.
  private long before(Step step, PatternDefinition pattern, Tick tick) {
    if (tick.reading() == 0) {
      return step.forMs();
    }
    for (PatternDefinition before : history.get(tick.reading() - 1).set().patterns()) {
      for (int k = 0; before.id().equals(pattern.id()) && k < before.sequence().size(); k++) {
        Step then = before.sequence().get(k);
        Step now = pattern.sequence().get(k);
        if (now == step) {
          return then.forMs();
        }
        if (now.absent() == step) {
          return then.absent().forMs();
        }
      }
    }
    return step.forMs();
  }

  private List<Way> found(Unit unit, int u, PatternDefinition pattern, Tick tick) {
    Step step = unit.step();
    Tick onset =
        step.persists() ? new Tick(truths.onset(step.what(), pattern, tick.reading()), 1) : tick;
    if (onset.reading() < from) {
      return List.of();
    }
    if (u == 0) {
      Way way = new Way(at(onset), Long.MIN_VALUE, tick);
      return inWindow(way, pattern, tick) ? List.of(way) : List.of();
    }
    List<Way> found = new ArrayList<>();
    for (Way before : ways.get(u - 1)) {
      long stepBefore = unit.repetition() == 0 ? at(before.completed()) : before.stepBefore();
      boolean inOrder = before.completed().compareTo(onset) < 0;
      boolean forbidden =
          absences.get(u).stream()
              .anyMatch(
                  absence ->
                      absence.compareTo(before.completed()) > 0 && absence.compareTo(tick) <= 0);
      boolean late =
          step.withinMs() > 0 && !unit.first() && at(tick) - stepBefore > step.withinMs();
      Way way = new Way(before.began(), stepBefore, tick);
      if (inOrder && !forbidden && !late && inWindow(way, pattern, tick)) {
        found.add(way);
      }
    }
    return found.stream().distinct().toList();
  }

  private boolean inWindow(Way way, PatternDefinition pattern, Tick tick) {
    return pattern.withinMs() == 0 || at(tick) - way.began() <= pattern.withinMs();
  }

  private long at(Tick tick) {
    return history.get(tick.reading()).at();
  }
}
