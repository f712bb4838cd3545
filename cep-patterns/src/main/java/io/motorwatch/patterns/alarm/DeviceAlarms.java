package io.motorwatch.patterns.alarm;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.patterns.signal.OpenAlarmLookup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a device by pattern: which are open, which patterns are shelved, how often each has
 * raised lately where flapping is watched, and the ordinals of transitions at recent times. Empty
 * for a healthy device. Mutable; belongs to one key.
 */
public final class DeviceAlarms implements OpenAlarmLookup {

  /** The last form of a device's state that kept ordinals of one time. */
  private static final int ONE_TIME = 4;

  private static final TransitionOrdinals NO_ORDINALS = new TransitionOrdinals();

  // Nearly every device is healthy: empty maps are shared, others are sorted by name.
  private Map<String, OpenAlarm> open = Map.of();
  private Map<String, Long> shelvedUntil = Map.of();
  private Map<String, RecentRaises> raises = Map.of();

  /** Null where there are none. */
  private @Nullable TransitionOrdinals ordinals;

  private static <V> Map<String, V> with(String pattern, V value, Map<String, V> map) {
    Map<String, V> longer = map.isEmpty() ? new TreeMap<>() : map;
    longer.put(pattern, value);
    return longer;
  }

  private static <V> Map<String, V> without(String pattern, Map<String, V> map) {
    if (map.isEmpty()) {
      return map;
    }
    map.remove(pattern);
    return map.isEmpty() ? Map.of() : map;
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : new TreeMap<>(map);
  }

  public @Nullable OpenAlarm open(String pattern) {
    return open.get(pattern);
  }

  @Override
  public boolean isOpen(String pattern) {
    return open.containsKey(pattern);
  }

  /** The patterns with an open alarm. */
  public List<String> patterns() {
    return List.copyOf(open.keySet());
  }

  @Override
  public boolean anyOpen() {
    return !open.isEmpty();
  }

  public void put(String pattern, OpenAlarm alarm) {
    open = with(pattern, alarm, open);
  }

  public void remove(String pattern) {
    open = without(pattern, open);
  }

  /** Reports nothing of the pattern before this device time, epoch milliseconds. */
  public void shelve(String pattern, long until) {
    shelvedUntil = with(pattern, until, shelvedUntil);
  }

  public boolean isShelved(String pattern) {
    return shelvedUntil.containsKey(pattern);
  }

  /** Ends the pattern's shelving if its time is over; returns whether it did. */
  public boolean unshelve(String pattern, long at) {
    Long until = shelvedUntil.get(pattern);
    if (until == null || at < until) {
      return false;
    }
    shelvedUntil = without(pattern, shelvedUntil);
    return true;
  }

  public boolean anyShelved() {
    return !shelvedUntil.isEmpty();
  }

  /**
   * Takes over the shelved patterns of a device whose clock has been changed.
   *
   * @param by how far the clock was moved, milliseconds; negative for back
   * @param known whether the file has this pattern: the shelving of another would never end
   */
  public void takeShelved(DeviceAlarms before, long by, Predicate<String> known) {
    before.shelvedUntil.forEach(
        (pattern, until) -> {
          if (known.test(pattern)) {
            shelve(pattern, until + by);
          }
        });
  }

  /**
   * Counts a raise.
   *
   * @return the number of raises within the time before it, including it; at most one above {@code
   *     most}
   */
  public int countRaise(String pattern, long at, long withinMs, int most) {
    RecentRaises counted =
        raises.getOrDefault(pattern, RecentRaises.NONE).with(at, withinMs, most + 1);
    raises = with(pattern, counted, raises);
    return counted.countSince(at, withinMs);
  }

  /** Forgets a pattern that is no longer in the file, except for its open alarm. */
  public void forget(String pattern) {
    shelvedUntil = without(pattern, shelvedUntil);
    raises = without(pattern, raises);
  }

  /** The patterns that have any entry. */
  public List<String> known() {
    TreeMap<String, Boolean> all = new TreeMap<>();
    open.keySet().forEach(pattern -> all.put(pattern, true));
    shelvedUntil.keySet().forEach(pattern -> all.put(pattern, true));
    raises.keySet().forEach(pattern -> all.put(pattern, true));
    return List.copyOf(all.keySet());
  }

  /** Returns how many transitions the pattern has made at this time, and counts this one. */
  public int nextOrdinal(String pattern, long at) {
    if (ordinals == null) {
      ordinals = new TransitionOrdinals();
    }
    return ordinals.next(pattern, at);
  }

  /** Forgets what no longer matters at this device time. */
  public void passed(long at) {
    if (ordinals != null) {
      ordinals.passed(at);
      ordinals = orNull(ordinals);
    }
    if (!raises.isEmpty()) {
      raises.values().removeIf(each -> at > each.until());
      raises = raises.isEmpty() ? Map.of() : raises;
    }
  }

  private static @Nullable TransitionOrdinals orNull(TransitionOrdinals ordinals) {
    return ordinals.equals(NO_ORDINALS) ? null : ordinals;
  }

  public DeviceAlarms copy() {
    DeviceAlarms copy = new DeviceAlarms();
    copy.open = copy(open);
    copy.shelvedUntil = copy(shelvedUntil);
    copy.raises = copy(raises);
    if (ordinals != null) {
      copy.ordinals = new TransitionOrdinals();
      copy.ordinals.putAll(ordinals);
    }
    return copy;
  }

  public void write(DataOutputView out) throws IOException {
    Wire.writeCount(open.size(), out);
    for (Map.Entry<String, OpenAlarm> entry : open.entrySet()) {
      Wire.writeText(entry.getKey(), out);
      entry.getValue().write(out);
    }
    Wire.writeCount(shelvedUntil.size(), out);
    for (Map.Entry<String, Long> entry : shelvedUntil.entrySet()) {
      Wire.writeText(entry.getKey(), out);
      out.writeLong(entry.getValue());
    }
    Wire.writeCount(raises.size(), out);
    for (Map.Entry<String, RecentRaises> entry : raises.entrySet()) {
      Wire.writeText(entry.getKey(), out);
      out.writeLong(entry.getValue().until());
      Wire.writeCount(entry.getValue().times().length, out);
      for (long time : entry.getValue().times()) {
        out.writeLong(time);
      }
    }
    (ordinals == null ? NO_ORDINALS : ordinals).write(out);
  }

  /**
   * @param writtenBy the form of the state it is part of; up to {@link #ONE_TIME} all patterns
   *     shared one time of ordinals
   */
  public static DeviceAlarms read(int writtenBy, DataInputView in) throws IOException {
    DeviceAlarms alarms = new DeviceAlarms();
    for (int n = Wire.readCount(in); n > 0; n--) {
      alarms.put(Wire.readText(in), OpenAlarm.read(writtenBy, in));
    }
    for (int n = Wire.readCount(in); n > 0; n--) {
      alarms.shelve(Wire.readText(in), in.readLong());
    }
    for (int n = Wire.readCount(in); n > 0; n--) {
      String pattern = Wire.readText(in);
      long until = in.readLong();
      long[] times = new long[Wire.readCount(in)];
      for (int i = 0; i < times.length; i++) {
        times[i] = in.readLong();
      }
      alarms.raises = with(pattern, new RecentRaises(times, until), alarms.raises);
    }
    alarms.ordinals =
        orNull(
            writtenBy <= ONE_TIME
                ? TransitionOrdinals.readOfOneTime(in)
                : TransitionOrdinals.read(in));
    return alarms;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceAlarms that
        && open.equals(that.open)
        && shelvedUntil.equals(that.shelvedUntil)
        && raises.equals(that.raises)
        && Objects.equals(ordinals, that.ordinals);
  }

  @Override
  public int hashCode() {
    return open.hashCode();
  }
}
