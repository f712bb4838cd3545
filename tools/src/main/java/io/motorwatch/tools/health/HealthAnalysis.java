package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;
import io.motorwatch.tools.health.AlarmSystemHealth.Count;
import io.motorwatch.tools.health.AlarmSystemHealth.DeviceCount;
import io.motorwatch.tools.health.AlarmSystemHealth.Load;
import io.motorwatch.tools.health.AlarmSystemHealth.Nuisance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Computes the performance of an alarm system from its alarms. */
public final class HealthAnalysis {

  private static final int TOP = 10;
  private static final double HOUR_MS = 3_600_000;
  private static final double DAY_MS = 24 * HOUR_MS;

  private final List<AlarmRecord> known;
  private final List<AlarmRecord> raised;
  private final HealthTargets targets;
  private final long since;
  private final long until;

  /**
   * @param known all alarms that were open at any time of the range
   * @param since the begin of the range, epoch milliseconds
   * @param until its end, not in it any more
   */
  public HealthAnalysis(List<AlarmRecord> known, long since, long until, HealthTargets targets) {
    this.known = AlarmRecords.sorted(known);
    this.raised =
        this.known.stream()
            .filter(alarm -> alarm.raisedAt() >= since && alarm.raisedAt() < until)
            .toList();
    this.since = since;
    this.until = until;
    this.targets = targets;
  }

  /**
   * The performance.
   *
   * @param patterns the ids of all patterns in force
   */
  public AlarmSystemHealth health(Set<String> patterns) {
    Set<String> never = new TreeSet<>(patterns);
    raised.forEach(alarm -> never.remove(alarm.source().pattern()));
    Map<DeviceId, Integer> byDevice = new TreeMap<>();
    Map<String, Integer> bySeverity = new TreeMap<>();
    for (AlarmRecord alarm : raised) {
      byDevice.merge(alarm.source().device(), 1, Integer::sum);
      bySeverity.merge(alarm.severity(), 1, Integer::sum);
    }
    return new AlarmSystemHealth(
        since,
        until,
        raised.size(),
        byDevice.size(),
        (int) raised.stream().filter(alarm -> alarm.acknowledgedAt() < until).count(),
        bySeverity,
        load(byDevice),
        new Nuisance(chattering(), fleeting().size(), stale()),
        standing(),
        top(),
        List.copyOf(never));
  }

  private Load load(Map<DeviceId, Integer> byDevice) {
    Raises raises = raises(raised);
    Raises.Peak peak = raises.peak();
    double ms = until - since;
    DeviceCount most =
        byDevice.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(entry -> new DeviceCount(entry.getKey(), entry.getValue()))
            .orElse(new DeviceCount(null, 0));
    return new Load(
        raised.size() / (ms / HOUR_MS),
        raised.size() / (ms / DAY_MS),
        most,
        peak.alarms(),
        peak.at(),
        raises.floodMs(until) / ms);
  }

  private static Raises raises(List<AlarmRecord> alarms) {
    return new Raises(alarms.stream().mapToLong(AlarmRecord::raisedAt).toArray());
  }

  private List<Count> chattering() {
    List<Count> chattering = new ArrayList<>();
    bySource()
        .forEach(
            (source, alarms) -> {
              int count = raises(alarms).chattering(targets.chattering());
              if (count > 0) {
                chattering.add(new Count(source, count));
              }
            });
    return mostFirst(chattering);
  }

  /** The alarms of each source, in order of their raising. */
  Map<AlarmSource, List<AlarmRecord>> bySource() {
    Map<AlarmSource, List<AlarmRecord>> bySource = new LinkedHashMap<>();
    for (AlarmRecord alarm : raised) {
      bySource.computeIfAbsent(alarm.source(), source -> new ArrayList<>()).add(alarm);
    }
    return bySource;
  }

  /** Cleared before anybody could act. */
  List<AlarmRecord> fleeting() {
    return raised.stream()
        .filter(alarm -> alarm.durationMs() < targets.fleeting().toMillis())
        .toList();
  }

  private List<AlarmRecord> stale() {
    long limit = targets.stale().toMillis();
    return known.stream()
        .filter(alarm -> alarm.raisedAt() < until && alarm.clearedAt() > since)
        .filter(alarm -> Math.min(alarm.clearedAt(), until) - alarm.raisedAt() > limit)
        .toList();
  }

  private List<AlarmRecord> standing() {
    return known.stream().filter(alarm -> alarm.openAt(until - 1)).toList();
  }

  private List<Count> top() {
    List<Count> counts = new ArrayList<>();
    bySource().forEach((source, alarms) -> counts.add(new Count(source, alarms.size())));
    List<Count> sorted = mostFirst(counts);
    return sorted.subList(0, Math.min(TOP, sorted.size()));
  }

  private static List<Count> mostFirst(List<Count> counts) {
    return counts.stream()
        .sorted(
            Comparator.comparingInt(Count::alarms)
                .reversed()
                .thenComparing(count -> count.source().toString()))
        .toList();
  }
}
