package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Durations;
import io.motorwatch.tools.health.AlarmSystemHealth.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report of an alarm system's performance for a person: what it is, whether that is well, why.
 */
public final class HealthText {

  private static final int MOST_LISTED = 5;

  private final AlarmSystemHealth health;
  private final HealthTargets targets;
  private final List<String> lines = new ArrayList<>();

  private HealthText(AlarmSystemHealth health, HealthTargets targets) {
    this.health = health;
    this.targets = targets;
  }

  /** The lines of the report. */
  public static List<String> lines(
      AlarmSystemHealth health, HealthTargets targets, List<Remedy> remedies) {
    HealthText text = new HealthText(health, targets);
    text.load();
    text.nuisance();
    text.frequent();
    text.remedies(remedies);
    return text.lines;
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  /** A measured value beside its target. */
  private void measured(String what, String value, String target, boolean met) {
    add("  %-44s %-26s %s", what, value, (met ? "ok, target " : "TOO MUCH, target ") + target);
  }

  private void load() {
    add(
        "%s of %s from %s to %s (%.1f days); %d acknowledged",
        plural(health.alarms(), "alarm"),
        plural(health.devices(), "device"),
        time(health.since()),
        time(health.until()),
        health.days(),
        health.acknowledged());
    AlarmSystemHealth.Load load = health.load();
    measured(
        "alarms a day (an hour)",
        "%s (%s)".formatted(number(load.perDay()), number(load.perHour())),
        "%s a day".formatted(number(targets.perDay())),
        load.perDay() <= targets.perDay());
    measured(
        "most in ten minutes",
        load.peakTenMinutes() == 0 ? "0" : load.peakTenMinutes() + ", " + time(load.peakAt()),
        String.valueOf(targets.perTenMinutes()),
        load.peakTenMinutes() <= targets.perTenMinutes());
    measured(
        "time in flood",
        percent(load.floodShare()),
        percent(targets.floodShare()),
        load.floodShare() <= targets.floodShare());
    DeviceId most = load.mostOfDevice().device();
    if (most != null) {
      add(
          "  %-44s %s, %s has %d",
          "alarms a device and day",
          number(health.alarms() / (double) health.devices() / health.days()),
          most.path(),
          load.mostOfDevice().alarms());
    }
    if (!health.bySeverity().isEmpty()) {
      add(
          "  %-44s %s",
          "by severity",
          health.bySeverity().entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  private void nuisance() {
    AlarmSystemHealth.Nuisance nuisance = health.nuisance();
    measured(
        "chattering (%d in a minute)".formatted(targets.chattering()),
        nuisance.chatteringAlarms() + sources(nuisance.chattering().size()),
        "0",
        nuisance.chatteringAlarms() == 0);
    measured(
        "fleeting (over within %s)".formatted(Durations.format(targets.fleeting().toMillis())),
        String.valueOf(nuisance.fleeting()),
        "0",
        nuisance.fleeting() == 0);
    measured(
        "stale (open for more than %s)".formatted(Durations.format(targets.stale().toMillis())),
        String.valueOf(nuisance.stale().size()),
        "fewer than " + targets.staleAlarms(),
        nuisance.stale().size() < targets.staleAlarms());
    listed(
        "standing",
        health.standing().stream()
            .map(alarm -> alarm.source() + " since " + time(alarm.raisedAt()))
            .toList());
    listed("never raised", health.neverRaised());
  }

  private static String sources(int count) {
    return count == 0 ? "" : count == 1 ? ", of 1 alarm" : ", of " + count + " alarms";
  }

  private void listed(String what, List<String> all) {
    if (!all.isEmpty()) {
      String more = all.size() > MOST_LISTED ? " and " + (all.size() - MOST_LISTED) + " more" : "";
      add(
          "  %-44s %d: %s%s",
          what,
          all.size(),
          String.join(", ", all.subList(0, Math.min(MOST_LISTED, all.size()))),
          more);
    }
  }

  private void frequent() {
    if (health.topTen().isEmpty()) {
      return;
    }
    add(
        "The ten most frequent have %s of all (target %s)",
        percent(health.topTenShare()), percent(targets.topTenShare()));
    for (Count count : health.topTen()) {
      add(
          "  %6d  %4s  %s",
          count.alarms(), percent(count.alarms() / (double) health.alarms()), count.source());
    }
  }

  private void remedies(List<Remedy> remedies) {
    if (remedies.isEmpty()) {
      add("Nothing that a changed pattern would mend");
    }
    for (Remedy remedy : remedies) {
      add("%s, %s: %s", remedy.pattern(), remedy.kind(), remedy.problem());
      add(
          "  -> %s%s",
          remedy.change(),
          remedy.spared() == 0
              ? ""
              : "; it would have spared %d of %d alarms"
                  .formatted(remedy.spared(), health.alarms()));
    }
  }

  private static String plural(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private static String time(long at) {
    return Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }
}
