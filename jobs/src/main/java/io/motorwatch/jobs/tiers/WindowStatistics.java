package io.motorwatch.jobs.tiers;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A window's count, sum, minimum, maximum and last value per field. Sums are added in the order of
 * arrival, which for one device is the same in every run. Mutable; belongs to one key.
 */
final class WindowStatistics {

  private final long start;
  private FieldLayout layout;
  private long[] counts;
  private double[] sums;
  private double[] minima;
  private double[] maxima;
  private double[] lasts;
  private long[] lastTimes;

  WindowStatistics(long start) {
    this.start = start;
    this.layout = FieldLayout.EMPTY;
    resize(0);
  }

  private void resize(int size) {
    counts = counts == null ? new long[size] : Arrays.copyOf(counts, size);
    sums = sums == null ? new double[size] : Arrays.copyOf(sums, size);
    minima = minima == null ? new double[size] : Arrays.copyOf(minima, size);
    maxima = maxima == null ? new double[size] : Arrays.copyOf(maxima, size);
    lasts = lasts == null ? new double[size] : Arrays.copyOf(lasts, size);
    lastTimes = lastTimes == null ? new long[size] : Arrays.copyOf(lastTimes, size);
  }

  long start() {
    return start;
  }

  boolean isEmpty() {
    return layout.size() == 0;
  }

  void add(Reading reading) {
    if (isEmpty()) {
      layout = reading.layout();
      resize(layout.size());
    }
    boolean same = layout.equals(reading.layout());
    for (int i = 0; i < reading.size(); i++) {
      int slot = same ? i : slot(reading.layout().name(i));
      add(slot, reading.value(i), reading.timestamp());
    }
  }

  private void add(int slot, double value, long at) {
    boolean first = counts[slot] == 0;
    counts[slot]++;
    sums[slot] += value;
    minima[slot] = first ? value : Math.min(minima[slot], value);
    maxima[slot] = first ? value : Math.max(maxima[slot], value);
    if (first || at >= lastTimes[slot]) {
      lasts[slot] = value;
      lastTimes[slot] = at;
    }
  }

  /** Takes in a window that lies within this one. */
  void merge(WindowStatistics part) {
    for (int i = 0; i < part.layout.size(); i++) {
      int slot = slot(part.layout.name(i));
      boolean first = counts[slot] == 0;
      counts[slot] += part.counts[i];
      sums[slot] += part.sums[i];
      minima[slot] = first ? part.minima[i] : Math.min(minima[slot], part.minima[i]);
      maxima[slot] = first ? part.maxima[i] : Math.max(maxima[slot], part.maxima[i]);
      if (first || part.lastTimes[i] >= lastTimes[slot]) {
        lasts[slot] = part.lasts[i];
        lastTimes[slot] = part.lastTimes[i];
      }
    }
  }

  private int slot(String name) {
    int slot = layout.slotOf(name);
    if (slot >= 0) {
      return slot;
    }
    int size = layout.size();
    String[] names = new String[size + 1];
    for (int i = 0; i < size; i++) {
      names[i] = layout.name(i);
    }
    names[size] = name;
    layout = FieldLayout.of(names);
    resize(size + 1);
    return size;
  }

  Aggregate toAggregate(DeviceId device, String tier) {
    Map<String, FieldStatistics> fields = new LinkedHashMap<>();
    for (int i = 0; i < layout.size(); i++) {
      fields.put(
          layout.name(i),
          new FieldStatistics(counts[i], sums[i], minima[i], maxima[i], lasts[i], lastTimes[i]));
    }
    return new Aggregate(device, tier, start, fields);
  }

  WindowStatistics copy() {
    WindowStatistics copy = new WindowStatistics(start);
    copy.layout = layout;
    copy.counts = counts.clone();
    copy.sums = sums.clone();
    copy.minima = minima.clone();
    copy.maxima = maxima.clone();
    copy.lasts = lasts.clone();
    copy.lastTimes = lastTimes.clone();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(start);
    Wire.writeLayout(layout, out);
    for (int i = 0; i < layout.size(); i++) {
      out.writeLong(counts[i]);
      out.writeDouble(sums[i]);
      out.writeDouble(minima[i]);
      out.writeDouble(maxima[i]);
      out.writeDouble(lasts[i]);
      out.writeLong(lastTimes[i]);
    }
  }

  static WindowStatistics read(DataInputView in) throws IOException {
    WindowStatistics window = new WindowStatistics(in.readLong());
    window.layout = Wire.readLayout(in);
    window.resize(window.layout.size());
    for (int i = 0; i < window.layout.size(); i++) {
      window.counts[i] = in.readLong();
      window.sums[i] = in.readDouble();
      window.minima[i] = in.readDouble();
      window.maxima[i] = in.readDouble();
      window.lasts[i] = in.readDouble();
      window.lastTimes[i] = in.readLong();
    }
    return window;
  }
}
