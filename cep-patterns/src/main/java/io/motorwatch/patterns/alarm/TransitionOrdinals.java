package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How many transitions each pattern of a device has made at a device time, so that transitions
 * within one millisecond differ wherever they are written. Kept per pattern and time: silence dates
 * a transition ahead of the device's clock, and later requests and readings are of earlier times.
 * Forgotten once the device's own time has passed. Mutable; belongs to one key.
 */
final class TransitionOrdinals {

  /**
   * Times kept per pattern. More can lie ahead of the clock only if a device repeatedly falls
   * silent between readings of less than a minute in total; the earliest are dropped then.
   */
  private static final int MOST_TIMES = 64;

  private final TreeMap<String, TreeMap<Long, Integer>> counts = new TreeMap<>();

  /** Returns how many transitions the pattern has made at this time, and counts this one. */
  int next(String pattern, long at) {
    TreeMap<Long, Integer> times = counts.computeIfAbsent(pattern, name -> new TreeMap<>());
    int ordinal = times.merge(at, 1, Integer::sum) - 1;
    if (times.size() > MOST_TIMES) {
      times.pollFirstEntry();
    }
    return ordinal;
  }

  /** Forgets earlier device times: the next readings and requests are not before this time. */
  void passed(long at) {
    if (!counts.isEmpty()) {
      counts.values().forEach(times -> times.headMap(at).clear());
      counts.values().removeIf(Map::isEmpty);
    }
  }

  void putAll(TransitionOrdinals others) {
    others.counts.forEach((pattern, times) -> counts.put(pattern, new TreeMap<>(times)));
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeCount(counts.size(), out);
    for (Map.Entry<String, TreeMap<Long, Integer>> entry : counts.entrySet()) {
      Wire.writeText(entry.getKey(), out);
      Wire.writeCount(entry.getValue().size(), out);
      for (Map.Entry<Long, Integer> time : entry.getValue().entrySet()) {
        out.writeLong(time.getKey());
        Wire.writeCount(time.getValue(), out);
      }
    }
  }

  static TransitionOrdinals read(DataInputView in) throws IOException {
    TransitionOrdinals ordinals = new TransitionOrdinals();
    for (int n = Wire.readCount(in); n > 0; n--) {
      TreeMap<Long, Integer> times = new TreeMap<>();
      ordinals.counts.put(Wire.readText(in), times);
      for (int t = Wire.readCount(in); t > 0; t--) {
        times.put(in.readLong(), Wire.readCount(in));
      }
    }
    return ordinals;
  }

  /** Reads the form in which all patterns shared one time. */
  static TransitionOrdinals readOfOneTime(DataInputView in) throws IOException {
    TransitionOrdinals ordinals = new TransitionOrdinals();
    int patterns = Wire.readCount(in);
    long at = patterns > 0 ? in.readLong() : 0;
    for (int n = patterns; n > 0; n--) {
      TreeMap<Long, Integer> times = new TreeMap<>();
      ordinals.counts.put(Wire.readText(in), times);
      times.put(at, Wire.readCount(in));
    }
    return ordinals;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TransitionOrdinals that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }
}
