package io.motorwatch.tools.backtest;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alarm from beginning to end; times are device times, epoch milliseconds.
 *
 * @param device {@code site/device}
 * @param clearedAt {@link #OPEN} where the history ends before it does
 * @param severity the highest it came to
 * @param message what it said when it was raised
 */
record FoundAlarm(
    String device,
    String pattern,
    long onsetAt,
    long raisedAt,
    long clearedAt,
    String severity,
    String message) {

  static final long OPEN = Long.MAX_VALUE;

  private static final Comparator<FoundAlarm> ORDER =
      Comparator.comparingLong(FoundAlarm::raisedAt)
          .thenComparing(FoundAlarm::device)
          .thenComparing(FoundAlarm::pattern);

  /** Puts transitions together, each alarm's in their order; the alarms by time. */
  static List<FoundAlarm> of(List<Alarm> transitions) {
    Map<String, FoundAlarm> found = new LinkedHashMap<>();
    for (Alarm each : transitions) {
      String id = each.episode().alarmId();
      FoundAlarm before = found.get(id);
      long cleared = each.state() == AlarmState.CLEARED ? each.at() : OPEN;
      found.put(
          id,
          new FoundAlarm(
              each.episode().device().path(),
              each.episode().pattern(),
              each.episode().onsetAt(),
              each.episode().raisedAt(),
              cleared,
              each.severity(),
              before == null ? each.message() : before.message()));
    }
    List<FoundAlarm> alarms = new ArrayList<>(found.values());
    alarms.sort(ORDER);
    return List.copyOf(alarms);
  }

  /** The same whoever evaluates the pattern: it follows from device, pattern and onset. */
  String alarmId() {
    return new AlarmEpisode(DeviceId.ofPath(device), pattern, 0, "", onsetAt, raisedAt).alarmId();
  }

  /** Of what and where it is. */
  String kind() {
    return device + " " + pattern;
  }

  /** Whether another is the same but for its message, which contains levels. */
  boolean isLike(FoundAlarm other) {
    return onsetAt == other.onsetAt
        && raisedAt == other.raisedAt
        && clearedAt == other.clearedAt
        && severity.equals(other.severity);
  }

  boolean overlaps(long from, long until) {
    return onsetAt <= until && from <= clearedAt;
  }

  /** {@code plant/m1 stall 2026-01-01T00:00:02Z to 2026-01-01T00:00:09Z, CRITICAL}. */
  String line() {
    return kind() + " " + span() + ", " + severity;
  }

  String span() {
    return Instant.ofEpochMilli(raisedAt)
        + (clearedAt == OPEN ? ", open at the end" : " to " + Instant.ofEpochMilli(clearedAt));
  }
}
