package io.motorwatch.tools.history;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far a run has got in its history, and what it has seen there. Safe for any thread. */
public final class HistoryProgress {

  private final long size;
  private final Map<DeviceId, Seen> seen = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable HistoryException> failure = new AtomicReference<>();

  /** What was read of a device. Written by the one thread that reads it. */
  private static final class Seen {
    private volatile long position;
    private final AtomicLong readings = new AtomicLong();
    private volatile long first = Long.MAX_VALUE;
    private volatile long last = Long.MIN_VALUE;
    private final Set<String> fields = ConcurrentHashMap.newKeySet();
    private @Nullable FieldLayout lastLayout;
  }

  /**
   * What a history has of a device.
   *
   * @param readings how many
   * @param first device time of the oldest, epoch milliseconds
   * @param last of the newest
   * @param fields the names of all fields that any of them has
   */
  public record Device(DeviceId device, long readings, long first, long last, Set<String> fields) {}

  /** Of a run of some devices. */
  HistoryProgress(Collection<DeviceHistory> devices) {
    this.size = Math.max(1, devices.stream().mapToLong(DeviceHistory::size).sum());
  }

  /** Takes what was read of a device; its readings come from one thread. */
  void read(DeviceId device, Reading[] readings, int count, long position) {
    Seen of = seen.computeIfAbsent(device, d -> new Seen());
    long first = of.first;
    long last = of.last;
    for (int i = 0; i < count; i++) {
      Reading reading = readings[i];
      first = Math.min(first, reading.timestamp());
      last = Math.max(last, reading.timestamp());
      if (!reading.layout().equals(of.lastLayout)) {
        of.lastLayout = reading.layout();
        for (int slot = 0; slot < reading.size(); slot++) {
          of.fields.add(reading.layout().name(slot));
        }
      }
    }
    of.first = first;
    of.last = last;
    of.position = position;
    of.readings.addAndGet(count);
  }

  void failed(HistoryException cause) {
    failure.compareAndSet(null, cause);
  }

  /** Why it could not be read on, or null. */
  public @Nullable HistoryException failure() {
    return failure.get();
  }

  /** From 0 to 1. */
  public double done() {
    long position = seen.values().stream().mapToLong(each -> each.position).sum();
    return Math.min(1, (double) position / size);
  }

  public long readings() {
    return seen.values().stream().mapToLong(each -> each.readings.get()).sum();
  }

  /** The devices with readings so far, by name. */
  public List<Device> devices() {
    Map<DeviceId, Device> sorted = new TreeMap<>();
    seen.forEach(
        (id, each) -> {
          if (each.readings.get() > 0) {
            sorted.put(
                id,
                new Device(
                    id, each.readings.get(), each.first, each.last, new TreeSet<>(each.fields)));
          }
        });
    return List.copyOf(sorted.values());
  }
}
