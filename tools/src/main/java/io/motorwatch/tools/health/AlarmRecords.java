package io.motorwatch.tools.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes alarms of their transitions, which come in order of time. For one thread. */
public final class AlarmRecords {

  private final Map<String, AlarmRecord> byId = new LinkedHashMap<>();

  /**
   * Takes the next transition. One of an alarm whose raising lies before all that was read has what
   * that needs.
   */
  public void add(AlarmTransition next) {
    String key = next.source() + "\n" + next.alarmId();
    AlarmRecord known = byId.get(key);
    AlarmRecord before = known == null ? begun(next) : known;
    byId.put(key, after(before, next));
  }

  private static AlarmRecord begun(AlarmTransition first) {
    return new AlarmRecord(
        first.source(),
        first.alarmId(),
        first.severity(),
        first.onsetAt(),
        first.raisedAt(),
        AlarmRecord.NEVER,
        AlarmRecord.NEVER);
  }

  private static AlarmRecord after(AlarmRecord before, AlarmTransition next) {
    boolean acknowledged = next.state().equals("ACKNOWLEDGED");
    boolean cleared = next.state().equals("CLEARED");
    return new AlarmRecord(
        before.source(),
        before.alarmId(),
        next.severity(),
        before.onsetAt(),
        before.raisedAt(),
        acknowledged ? Math.min(before.acknowledgedAt(), next.at()) : before.acknowledgedAt(),
        cleared ? next.at() : before.clearedAt());
  }

  /** All of them, in the order of their raising. */
  public List<AlarmRecord> all() {
    return sorted(byId.values());
  }

  static List<AlarmRecord> sorted(Collection<AlarmRecord> alarms) {
    List<AlarmRecord> sorted = new ArrayList<>(alarms);
    sorted.sort((one, other) -> Long.compare(one.raisedAt(), other.raisedAt()));
    return sorted;
  }
}
