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
 * A device's alarms by pattern: the open ones, which patterns are shelved, how often each has
 * raised lately where flapping is watched, and how many transitions each made at times that can
 * come again. Empty for a healthy device. Mutable; belongs to one key.
 */
public final class DeviceAlarms implements OpenAlarmLookup {

  /** The last form of a device's state that kept ordinals of one time. */
  private static final int ONE_TIME = 4;

  private static final TransitionOrdinals NO_ORDINALS = new TransitionOrdinals();

  // Nearly every device is healthy: the empty ones are shared, and in order of name otherwise.
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

  /** Tells nothing of the pattern before this device time, epoch milliseconds. */
  public void shelve(String pattern, long until) {
    shelvedUntil = with(pattern, until, shelvedUntil);
  }

  public boolean isShelved(String pattern) {
    return shelvedUntil.containsKey(pattern);
  }

  /** Ends the pattern's shelving if its time is over; whether it has ended it. */
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
   * Takes over what is shelved by a device's clock before it was changed.
   *
   * @param by how far the clock was moved, milliseconds; negative for back
   * @param known whether there is such a pattern: nobody would ever end the shelving of another
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
   * @return how many there were within the time before it, itself included; never more than one
   *     above {@code most}
   */
  public int countRaise(String pattern, long at, long withinMs, int most) {
    RecentRaises counted =
        raises.getOrDefault(pattern, RecentRaises.NONE).with(at, withinMs, most + 1);
    raises = with(pattern, counted, raises);
    return counted.countSince(at, withinMs);
  }

  /** Forgets all of a pattern that is no longer in the file, but for its open alarm. */
  public void forget(String pattern) {
    shelvedUntil = without(pattern, shelvedUntil);
    raises = without(pattern, raises);
  }

  /** The patterns of which anything is known. */
  public List<String> known() {
    TreeMap<String, Boolean> all = new TreeMap<>();
    open.keySet().forEach(pattern -> all.put(pattern, true));
    shelvedUntil.keySet().forEach(pattern -> all.put(pattern, true));
    raises.keySet().forEach(pattern -> all.put(pattern, true));
    return List.copyOf(all.keySet());
  }

  /** The number of transitions the pattern made before within this millisecond; counts this one. */
  public int nextOrdinal(String pattern, long at) {
    if (ordinals == null) {
      ordinals = new TransitionOrdinals();
    }
    return ordinals.next(pattern, at);
  }

  /** Drops what no longer matters at this device time. */
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
   *     shared one time. For open alarms see {@link OpenAlarm}
   */
  public static DeviceAlarms read(int writtenBy, DataInputView in) throws IOException {
    DeviceAlarms book = new DeviceAlarms();
    for (int n = Wire.readCount(in); n > 0; n--) {
      book.put(Wire.readText(in), OpenAlarm.read(writtenBy, in));
    }
    for (int n = Wire.readCount(in); n > 0; n--) {
      book.shelve(Wire.readText(in), in.readLong());
    }
    for (int n = Wire.readCount(in); n > 0; n--) {
      String pattern = Wire.readText(in);
      long until = in.readLong();
      long[] times = new long[Wire.readCount(in)];
      for (int i = 0; i < times.length; i++) {
        times[i] = in.readLong();
      }
      book.raises = with(pattern, new RecentRaises(times, until), book.raises);
    }
    book.ordinals =
        orNull(
            writtenBy <= ONE_TIME
                ? TransitionOrdinals.readOfOneTime(in)
                : TransitionOrdinals.read(in));
    return book;
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
