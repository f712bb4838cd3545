package io.motorwatch.patterns.oracle;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every way in which a pattern's steps have happened since it last started: each repetition of each
 * step with each choice of those before it, all remembered.
 */
final class OracleSequences {

  /** A time within a reading: conditions that begin (1), durations (2), alarms (5). */
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

  private static final Comparator<Way> EARLIEST =
      Comparator.comparingLong(Way::began).thenComparing(Way::completed);

  private record Unit(Step step, int repetition, boolean first) {}

  private static final int NONE = -1;

  private final List<HistoryReading> history;
  private final OracleConditions truths;
  private final List<List<Way>> ways = new ArrayList<>();
  private final List<List<Tick>> absences = new ArrayList<>();
  private int from;

  /** The onset of the first step's condition that counts though it was before. */
  private int earlier = NONE;

  OracleSequences(List<HistoryReading> history, OracleConditions truths) {
    this.history = history;
    this.truths = truths;
  }

  /** Forgets all; what began before the given reading no longer counts. */
  void restart(int reading) {
    from = reading;
    earlier = NONE;
    ways.clear();
    absences.clear();
  }

  /** Of a pattern that is new with reading i: its first step may have begun already. */
  void countWhatFirstStepHolds(PatternDefinition pattern, int i) {
    Condition first = pattern.sequence().get(0).what();
    if (i > 0
        && !(first instanceof Condition.AlarmOpen)
        && truths.isTrue(first, pattern, i)
        && truths.onset(first, pattern, i) < i) {
      earlier = truths.onset(first, pattern, i);
    }
  }

  /** How many steps, repetitions counted, have happened in the best of all ways. */
  int furthest() {
    for (int u = ways.size() - 1; u >= 0; u--) {
      if (!ways.get(u).isEmpty()) {
        return u + 1;
      }
    }
    return 0;
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
    if (i == from && earlier != NONE && !units.get(0).step().persists()) {
      if (units.size() == 1) {
        return OptionalLong.of(history.get(earlier).at());
      }
      ways.get(0).add(new Way(history.get(earlier).at(), Long.MIN_VALUE, new Tick(earlier, 1)));
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
    giveUp(units, pattern, i);
    return OptionalLong.empty();
  }

  /**
   * What has waited too long by the file in force does not come back under another; and where
   * nothing has been limited in time, only the earliest beginning is known to the next file.
   */
  private void giveUp(List<Unit> units, PatternDefinition pattern, int i) {
    boolean limited =
        pattern.withinMs() > 0 || pattern.sequence().stream().anyMatch(step -> step.withinMs() > 0);
    for (int u = 0; u < units.size() - 1; u++) {
      int step = u + 1;
      Unit next = units.get(step);
      List<Way> waiting = ways.get(u);
      waiting.removeIf(way -> isForbidden(way, step));
      waiting.removeIf(way -> !inWindow(way, pattern, new Tick(i, 5)));
      waiting.removeIf(
          way ->
              isLimited(next)
                  && history.get(i).at() - waitsSince(way, next) > next.step().withinMs());
      if (!limited && lastOfItsFile(i) && waiting.size() > 1) {
        Way earliest = waiting.stream().min(EARLIEST).orElseThrow();
        waiting.clear();
        waiting.add(earliest);
      }
    }
  }

  /** Whether what must not happen before a step has happened since the step before. */
  private boolean isForbidden(Way way, int step) {
    return absences.get(step).stream().anyMatch(each -> each.compareTo(way.completed()) > 0);
  }

  private boolean lastOfItsFile(int i) {
    return i + 1 < history.size()
        && history.get(i + 1).set().version() != history.get(i).set().version();
  }

  private static boolean isLimited(Unit unit) {
    return unit.step().withinMs() > 0 && !unit.first();
  }

  /** When the step before was complete. */
  private long waitsSince(Way way, Unit next) {
    return next.repetition() == 0 ? at(way.completed()) : way.stepBefore();
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
    if (tick.reading() == from && earlier != NONE && step == pattern.sequence().get(0)) {
      return Long.MAX_VALUE;
    }
    if (tick.reading() == 0
        || !PatternShape.of(pattern.id(), history.get(tick.reading() - 1).set())
            .equals(PatternShape.of(pattern.id(), history.get(tick.reading()).set()))) {
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
    boolean counts = onset.reading() >= from || (u == 0 && onset.reading() == earlier);
    if (!counts) {
      return List.of();
    }
    if (u == 0) {
      Way way = new Way(at(onset), Long.MIN_VALUE, tick);
      return inWindow(way, pattern, tick) ? List.of(way) : List.of();
    }
    List<Way> found = new ArrayList<>();
    for (Way before : ways.get(u - 1)) {
      long stepBefore = waitsSince(before, unit);
      boolean inOrder = before.completed().compareTo(onset) < 0;
      boolean forbidden = isForbidden(before, u);
      boolean late = isLimited(unit) && at(tick) - stepBefore > step.withinMs();
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
