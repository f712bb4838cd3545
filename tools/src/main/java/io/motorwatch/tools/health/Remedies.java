package io.motorwatch.tools.health;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.tools.health.AlarmSystemHealth.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the changes of patterns that would have spared alarms, with how many. What a change spares
 * is computed from the times of the alarms alone, since a longer {@code for} or {@code clear}
 * changes nothing else about them; what a level would change only the readings can say.
 */
public final class Remedies {

  /** Times a person would write. */
  private static final long[] CANDIDATES_MS = {
    1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000
  };

  /** A shorter time that spares so much of what the longest would is preferred to it. */
  private static final double ENOUGH = 0.8;

  /** Fewer are no reason to change a pattern. */
  private static final int FEWEST = 3;

  /** Beyond this share of all alarms a single source is worth a look of its own. */
  private static final double BAD_ACTOR_SHARE = 0.05;

  private final HealthTargets targets;
  private final Map<String, PatternDefinition> patterns = new TreeMap<>();

  /**
   * @param patterns those in force
   */
  public Remedies(List<PatternDefinition> patterns, HealthTargets targets) {
    patterns.forEach(pattern -> this.patterns.put(pattern.id(), pattern));
    this.targets = targets;
  }

  /** The remedies, those first that spare most. */
  public List<Remedy> find(HealthAnalysis analysis, AlarmSystemHealth health) {
    List<Remedy> found = new ArrayList<>();
    Map<String, List<List<AlarmRecord>>> byPattern = new TreeMap<>();
    analysis
        .bySource()
        .forEach(
            (source, alarms) ->
                byPattern
                    .computeIfAbsent(source.pattern(), pattern -> new ArrayList<>())
                    .add(alarms));
    byPattern.forEach(
        (pattern, sources) -> {
          chattering(pattern, sources, health, found);
          fleeting(pattern, sources, found);
        });
    badActors(health, found);
    stale(health, found);
    found.sort(Comparator.comparingInt(Remedy::spared).reversed());
    return found;
  }

  private void chattering(
      String pattern,
      List<List<AlarmRecord>> sources,
      AlarmSystemHealth health,
      List<Remedy> found) {
    List<Count> chattering =
        health.nuisance().chattering().stream()
            .filter(count -> count.source().pattern().equals(pattern))
            .toList();
    if (chattering.isEmpty()) {
      return;
    }
    long now = clearForMs(pattern);
    List<Long> pauses = pauses(sources, now);
    Change change = Change.of(pauses, now);
    if (change.spared() < FEWEST) {
      return;
    }
    int alarms = chattering.stream().mapToInt(Count::alarms).sum();
    found.add(
        new Remedy(
            "chattering",
            pattern,
            "%d alarms of %s chattered (%d or more raises in a minute), most often of %s"
                .formatted(
                    alarms,
                    devices(chattering.size()),
                    targets.chattering(),
                    chattering.get(0).source().device().path()),
            "patterns.%s.clear: {%sfor: %s} (now %s): it would have been one alarm instead of several"
                    .formatted(
                        pattern,
                        clearedBy(pattern),
                        Durations.format(change.ms()),
                        Durations.format(now))
                + "; alarms stay open that much longer",
            change.spared()));
  }

  /** How long the condition was over each time before an alarm of the same source was raised. */
  private static List<Long> pauses(List<List<AlarmRecord>> sources, long clearForMs) {
    List<Long> pauses = new ArrayList<>();
    for (List<AlarmRecord> alarms : sources) {
      for (int i = 1; i < alarms.size(); i++) {
        long cleared = alarms.get(i - 1).clearedAt();
        if (cleared != AlarmRecord.NEVER) {
          pauses.add(Math.max(0, alarms.get(i).onsetAt() - (cleared - clearForMs)));
        }
      }
    }
    return pauses;
  }

  private void fleeting(String pattern, List<List<AlarmRecord>> sources, List<Remedy> found) {
    PatternDefinition definition = patterns.get(pattern);
    if (definition == null || definition.lifecycle().latch()) {
      return;
    }
    List<Long> lasted = new ArrayList<>();
    int all = 0;
    for (List<AlarmRecord> alarms : sources) {
      all += alarms.size();
      for (AlarmRecord alarm : alarms) {
        if (alarm.durationMs() < targets.fleeting().toMillis()) {
          // The condition itself ended so much before the alarm did.
          lasted.add(Math.max(0, alarm.durationMs() - clearForMs(pattern)));
        }
      }
    }
    Change change = Change.of(lasted, 0);
    if (change.spared() < FEWEST || change.spared() < all / 5) {
      return;
    }
    long now = definition.lastStep().forMs();
    found.add(
        new Remedy(
            "fleeting",
            pattern,
            "%d of %d alarms were over within %s, before anybody could act"
                .formatted(lasted.size(), all, Durations.format(targets.fleeting().toMillis())),
            ("patterns.%s.sequence: for: %s on the last step (now %s), if the motor bears %s more: every"
                    + " other alarm comes that much later")
                .formatted(
                    pattern,
                    Durations.format(now + change.ms()),
                    Durations.format(now),
                    Durations.format(change.ms())),
            change.spared()));
  }

  private static void badActors(AlarmSystemHealth health, List<Remedy> found) {
    for (Count count : health.topTen()) {
      double share = count.alarms() / (double) health.alarms();
      if (share > BAD_ACTOR_SHARE && count.alarms() >= 10) {
        String pattern = count.source().pattern();
        String device = count.source().device().path();
        found.add(
            new Remedy(
                "bad-actor",
                pattern,
                String.format(
                    Locale.ROOT,
                    "%s alone has %d alarms, %.0f %% of all",
                    device,
                    count.alarms(),
                    100 * share),
                "look at that motor first; if it is as it should be, give it a level of its own:"
                    + " patterns.%s.overrides: {%s: …}, tried with backtest"
                        .formatted(pattern, device),
                0));
      }
    }
  }

  private void stale(AlarmSystemHealth health, List<Remedy> found) {
    Map<String, Integer> byPattern = new LinkedHashMap<>();
    for (AlarmRecord alarm : health.nuisance().stale()) {
      byPattern.merge(alarm.source().pattern(), 1, Integer::sum);
    }
    byPattern.forEach(
        (pattern, count) ->
            found.add(
                new Remedy(
                    "stale",
                    pattern,
                    "%s open for more than %s"
                        .formatted(
                            count == 1 ? "1 alarm was" : count + " alarms were",
                            Durations.format(targets.stale().toMillis())),
                    "mend what it reports, or shelve it with a reason (motorwatch/shelve); if it is"
                        + " no abnormal state, the level or applies-to is wrong",
                    0)));
  }

  private long clearForMs(String pattern) {
    PatternDefinition definition = patterns.get(pattern);
    return definition == null ? 0 : definition.clear().forMs();
  }

  private String clearedBy(String pattern) {
    PatternDefinition definition = patterns.get(pattern);
    return definition != null && definition.lastStep().what() instanceof Condition.On on
        ? "off: " + on.signal() + ", "
        : "";
  }

  private static String devices(int count) {
    return count == 1 ? "one device" : count + " devices";
  }

  /**
   * A longer time.
   *
   * @param ms the time
   * @param spared how many are below it
   */
  private record Change(long ms, int spared) {

    /** The shortest that spares nearly as many as any. */
    static Change of(List<Long> times, long longerThan) {
      int most = below(times, CANDIDATES_MS[CANDIDATES_MS.length - 1]);
      for (long candidate : CANDIDATES_MS) {
        int spared = below(times, candidate);
        if (candidate > longerThan && spared > 0 && spared >= ENOUGH * most) {
          return new Change(candidate, spared);
        }
      }
      return new Change(0, 0);
    }

    private static int below(List<Long> times, long limit) {
      return (int) times.stream().filter(time -> time < limit).count();
    }
  }
}
