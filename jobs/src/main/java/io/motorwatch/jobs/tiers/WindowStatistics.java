package io.motorwatch.jobs.tiers;

import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A window's count, sum, minimum, maximum and last value per field, and what its tier keeps
 * further. Sums are added in the order of arrival, which for one device is the same in every run.
 * Mutable; belongs to one key.
 */
final class WindowStatistics {

  private final long start;
  private final long end;
  private final FurtherSums further;
  private FieldLayout layout = FieldLayout.EMPTY;
  private long[] counts = {};
  private double[] sums = {};
  private double[] minima = {};
  private double[] maxima = {};
  private double[] lasts = {};
  private long[] lastTimes = {};

  /**
   * An empty window.
   *
   * @param start device time, epoch milliseconds
   * @param end exclusive
   */
  WindowStatistics(long start, long end, Tracked tracked) {
    this(start, end, new FurtherSums(tracked));
  }

  private WindowStatistics(long start, long end, FurtherSums further) {
    this.start = start;
    this.end = end;
    this.further = further;
  }

  /** A window of these fields, to be {@link #set}. */
  WindowStatistics(long start, long end, FieldLayout layout, FurtherSums further) {
    this(start, end, further);
    this.layout = layout;
    resize(layout.size());
  }

  /** Sets all of a field. */
  void set(
      int slot, long count, long lastAt, double sum, double minimum, double maximum, double last) {
    counts[slot] = count;
    lastTimes[slot] = lastAt;
    sums[slot] = sum;
    minima[slot] = minimum;
    maxima[slot] = maximum;
    lasts[slot] = last;
  }

  private void resize(int size) {
    counts = Arrays.copyOf(counts, size);
    sums = Arrays.copyOf(sums, size);
    minima = Arrays.copyOf(minima, size);
    maxima = Arrays.copyOf(maxima, size);
    lasts = Arrays.copyOf(lasts, size);
    lastTimes = Arrays.copyOf(lastTimes, size);
    further.resize(size);
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  FieldLayout layout() {
    return layout;
  }

  long count(int slot) {
    return counts[slot];
  }

  double sum(int slot) {
    return sums[slot];
  }

  double min(int slot) {
    return minima[slot];
  }

  double max(int slot) {
    return maxima[slot];
  }

  double last(int slot) {
    return lasts[slot];
  }

  long lastAt(int slot) {
    return lastTimes[slot];
  }

  FurtherSums further() {
    return further;
  }

  /**
   * @param gains what counters gained with this reading, by its slots, NaN for what is none; null
   *     where none did
   */
  void add(Reading reading, double @Nullable [] gains) {
    FieldLayout theirs = reading.layout();
    if (layout.size() == 0) {
      layout = theirs;
      resize(theirs.size());
    }
    boolean same = layout.equals(theirs);
    for (int i = 0; i < reading.size(); i++) {
      int slot = same ? i : slot(theirs.name(i));
      add(slot, reading.value(i), reading.timestamp());
      if (gains != null && !Double.isNaN(gains[i])) {
        further.increase(slot, gains[i], layout.size());
      }
    }
  }

  private void add(int slot, double value, long at) {
    long count = counts[slot]++;
    double sum = sums[slot];
    sums[slot] = sum + value;
    if (count == 0) {
      minima[slot] = value;
      maxima[slot] = value;
      further.add(slot, value, value, value);
    } else {
      minima[slot] = Math.min(minima[slot], value);
      maxima[slot] = Math.max(maxima[slot], value);
      further.add(slot, value, sum / count, sums[slot] / (count + 1));
    }
    if (count == 0 || at >= lastTimes[slot]) {
      lasts[slot] = value;
      lastTimes[slot] = at;
    }
  }

  /** Takes in a window that lies within this one. */
  void merge(WindowStatistics part) {
    further.keepOnlyWhat(part.further);
    for (int i = 0; i < part.layout.size(); i++) {
      int slot = slot(part.layout.name(i));
      boolean first = counts[slot] == 0;
      double apart = first ? 0 : part.sums[i] / part.counts[i] - sums[slot] / counts[slot];
      double weight = (double) counts[slot] * part.counts[i] / (counts[slot] + part.counts[i]);
      further.merge(slot, part.further, i, apart * apart * weight, layout.size());
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

  WindowStatistics copy() {
    WindowStatistics copy = new WindowStatistics(start, end, further.copy());
    copy.layout = layout;
    copy.counts = counts.clone();
    copy.sums = sums.clone();
    copy.minima = minima.clone();
    copy.maxima = maxima.clone();
    copy.lasts = lasts.clone();
    copy.lastTimes = lastTimes.clone();
    return copy;
  }

  /** Small, since those of an hour are kept; exact to the bit. */
  void write(DataOutputView out) throws IOException {
    out.writeLong(start);
    Wire.writeNumber(end - start, out);
    Wire.writeLayout(layout, out);
    writeNumbers(counts, 0, out);
    writeNumbers(lastTimes, start, out);
    for (int i = 0; i < layout.size(); i++) {
      Wire.writeSum(sums[i], out);
      Wire.writeDecimal(minima[i], out);
      Wire.writeDecimal(maxima[i], out);
      Wire.writeDecimal(lasts[i], out);
    }
    further.write(out);
  }

  /** Fields mostly come together: then one number stands for all. */
  private static void writeNumbers(long[] numbers, long base, DataOutputView out)
      throws IOException {
    boolean same = numbers.length > 0 && Arrays.stream(numbers).allMatch(n -> n == numbers[0]);
    out.writeBoolean(same);
    for (int i = 0; i < (same ? 1 : numbers.length); i++) {
      Wire.writeNumber(numbers[i] - base, out);
    }
  }

  private static long[] readNumbers(int size, long base, DataInputView in) throws IOException {
    long[] numbers = new long[size];
    if (in.readBoolean()) {
      Arrays.fill(numbers, Wire.readNumber(in) + base);
      return numbers;
    }
    for (int i = 0; i < size; i++) {
      numbers[i] = Wire.readNumber(in) + base;
    }
    return numbers;
  }

  static WindowStatistics read(DataInputView in) throws IOException {
    long start = in.readLong();
    long end = start + Wire.readNumber(in);
    FieldLayout layout = Wire.readLayout(in);
    int size = layout.size();
    long[] counts = readNumbers(size, 0, in);
    long[] lastTimes = readNumbers(size, start, in);
    double[][] values = new double[4][size];
    for (int i = 0; i < size; i++) {
      values[0][i] = Wire.readSum(in);
      values[1][i] = Wire.readDecimal(in);
      values[2][i] = Wire.readDecimal(in);
      values[3][i] = Wire.readDecimal(in);
    }
    WindowStatistics window = new WindowStatistics(start, end, FurtherSums.read(size, in));
    window.layout = layout;
    window.counts = counts;
    window.lastTimes = lastTimes;
    window.sums = values[0];
    window.minima = values[1];
    window.maxima = values[2];
    window.lasts = values[3];
    return window;
  }
}
