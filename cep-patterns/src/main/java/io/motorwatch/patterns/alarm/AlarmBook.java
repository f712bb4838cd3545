package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A device's open alarms by pattern, and how many transitions each pattern made in the present
 * millisecond. Empty for a healthy device. Mutable; belongs to one key.
 */
public final class AlarmBook {

  private final Map<String, OpenAlarm> open = new TreeMap<>();
  private final Map<String, Integer> transitions = new HashMap<>();
  private long transitionsAt;

  public @Nullable OpenAlarm open(String pattern) {
    return open.get(pattern);
  }

  public boolean isOpen(String pattern) {
    return open.containsKey(pattern);
  }

  /** The patterns with an open alarm. */
  public List<String> patterns() {
    return List.copyOf(open.keySet());
  }

  public boolean anyOpen() {
    return !open.isEmpty();
  }

  public void put(String pattern, OpenAlarm alarm) {
    open.put(pattern, alarm);
  }

  public void remove(String pattern) {
    open.remove(pattern);
  }

  /** The number of transitions the pattern made before within this millisecond; counts this one. */
  public int nextOrdinal(String pattern, long at) {
    if (at != transitionsAt) {
      transitions.clear();
      transitionsAt = at;
    }
    return transitions.merge(pattern, 1, Integer::sum) - 1;
  }

  /** Drops what only mattered within a millisecond that has passed. */
  public void passed(long at) {
    if (at > transitionsAt && !transitions.isEmpty()) {
      transitions.clear();
    }
  }

  public AlarmBook copy() {
    AlarmBook copy = new AlarmBook();
    copy.open.putAll(open);
    copy.transitions.putAll(transitions);
    copy.transitionsAt = transitionsAt;
    return copy;
  }

  public void write(DataOutputView out) throws IOException {
    Wire.writeCount(open.size(), out);
    for (Map.Entry<String, OpenAlarm> entry : open.entrySet()) {
      OpenAlarm alarm = entry.getValue();
      Wire.writeText(entry.getKey(), out);
      out.writeLong(alarm.patternVersion());
      Wire.writeText(alarm.ansi(), out);
      Wire.writeText(alarm.severity(), out);
      out.writeLong(alarm.onsetAt());
      out.writeLong(alarm.raisedAt());
      Wire.writeCount(alarm.escalated(), out);
      out.writeDouble(alarm.peak());
    }
    Wire.writeCount(transitions.size(), out);
    if (!transitions.isEmpty()) {
      out.writeLong(transitionsAt);
    }
    for (Map.Entry<String, Integer> entry : new TreeMap<>(transitions).entrySet()) {
      Wire.writeText(entry.getKey(), out);
      Wire.writeCount(entry.getValue(), out);
    }
  }

  public static AlarmBook read(DataInputView in) throws IOException {
    AlarmBook book = new AlarmBook();
    for (int n = Wire.readCount(in); n > 0; n--) {
      book.open.put(
          Wire.readText(in),
          new OpenAlarm(
              in.readLong(),
              Wire.readText(in),
              Wire.readText(in),
              in.readLong(),
              in.readLong(),
              Wire.readCount(in),
              in.readDouble()));
    }
    int counted = Wire.readCount(in);
    if (counted > 0) {
      book.transitionsAt = in.readLong();
    }
    for (int n = counted; n > 0; n--) {
      book.transitions.put(Wire.readText(in), Wire.readCount(in));
    }
    return book;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AlarmBook that
        && open.equals(that.open)
        && transitions.equals(that.transitions);
  }

  @Override
  public int hashCode() {
    return open.hashCode();
  }
}
