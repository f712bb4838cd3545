package io.motorwatch.tiers;

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

  /** Sum, minimum, maximum, last. */
  private static final int VALUES = 4;

  private static final int MARKS = 2;

  private final long start;
  private final long end;
  private FurtherSums further;
  private FieldLayout layout = FieldLayout.EMPTY;

  /** By slot, {@link #VALUES} of each. In one array: there are some windows of each device. */
  private double[] values = {};

  /** By slot, count and time of the last value. */
  private long[] marks = {};

  /**
   * An empty window.
   *
   * @param start device time, epoch milliseconds
   * @param end exclusive
   */
  WindowStatistics(long start, long end, FurtherSums.Kept tracked) {
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
    marks[slot * MARKS] = count;
    marks[slot * MARKS + 1] = lastAt;
    int at = slot * VALUES;
    values[at] = sum;
    values[at + 1] = minimum;
    values[at + 2] = maximum;
    values[at + 3] = last;
  }

  private void resize(int size) {
    values = Arrays.copyOf(values, size * VALUES);
    marks = Arrays.copyOf(marks, size * MARKS);
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
    return marks[slot * MARKS];
  }

  double sum(int slot) {
    return values[slot * VALUES];
  }

  double min(int slot) {
    return values[slot * VALUES + 1];
  }

  double max(int slot) {
    return values[slot * VALUES + 2];
  }

  double last(int slot) {
    return values[slot * VALUES + 3];
  }

  long lastAt(int slot) {
    return marks[slot * MARKS + 1];
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
    int place = slot * VALUES;
    int mark = slot * MARKS;
    long count = marks[mark]++;
    double sum = values[place];
    values[place] = sum + value;
    if (count == 0) {
      values[place + 1] = value;
      values[place + 2] = value;
      further.add(slot, value, value, value);
    } else {
      values[place + 1] = Math.min(values[place + 1], value);
      values[place + 2] = Math.max(values[place + 2], value);
      further.add(slot, value, sum / count, values[place] / (count + 1));
    }
    if (count == 0 || at >= marks[mark + 1]) {
      values[place + 3] = value;
      marks[mark + 1] = at;
    }
  }

  /** Takes in a window that lies within this one. */
  void merge(WindowStatistics part) {
    further.keepOnlyWhat(part.further);
    if (layout.size() == 0) {
      layout = part.layout;
      resize(layout.size());
    }
    boolean same = layout.equals(part.layout);
    for (int i = 0; i < part.layout.size(); i++) {
      merge(same ? i : slot(part.layout.name(i)), part, i);
    }
  }

  private void merge(int slot, WindowStatistics part, int theirs) {
    long before = count(slot);
    long count = before + part.count(theirs);
    boolean first = before == 0;
    double apart = first ? 0 : part.sum(theirs) / part.count(theirs) - sum(slot) / before;
    double weight = (double) before * part.count(theirs) / count;
    further.merge(slot, part.further, theirs, apart * apart * weight, layout.size());
    boolean newer = first || part.lastAt(theirs) >= lastAt(slot);
    set(
        slot,
        count,
        newer ? part.lastAt(theirs) : lastAt(slot),
        sum(slot) + part.sum(theirs),
        first ? part.min(theirs) : Math.min(min(slot), part.min(theirs)),
        first ? part.max(theirs) : Math.max(max(slot), part.max(theirs)),
        newer ? part.last(theirs) : last(slot));
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
    copy.values = values.clone();
    copy.marks = marks.clone();
    return copy;
  }

  /** Small, since those of an hour are kept; exact to the bit. */
  void write(DataOutputView out) throws IOException {
    out.writeLong(start);
    Wire.writeNumber(end - start, out);
    Wire.writeLayout(layout, out);
    writeMarks(0, 0, out);
    writeMarks(1, start, out);
    for (int i = 0; i < layout.size(); i++) {
      Wire.writeSum(sum(i), out);
      Wire.writeDecimal(min(i), out);
      Wire.writeDecimal(max(i), out);
      Wire.writeDecimal(last(i), out);
    }
    further.write(out);
  }

  /** Fields mostly come together: then one number stands for all. */
  private void writeMarks(int which, long base, DataOutputView out) throws IOException {
    boolean same = marks.length > 0;
    for (int at = which; at < marks.length; at += MARKS) {
      same &= marks[at] == marks[which];
    }
    out.writeBoolean(same);
    for (int at = which; at < (same ? MARKS : marks.length); at += MARKS) {
      Wire.writeNumber(marks[at] - base, out);
    }
  }

  private void readMarks(int which, long base, DataInputView in) throws IOException {
    boolean same = in.readBoolean();
    for (int at = which; at < marks.length; at += MARKS) {
      marks[at] = same && at > which ? marks[which] : Wire.readNumber(in) + base;
    }
  }

  static WindowStatistics read(DataInputView in) throws IOException {
    long start = in.readLong();
    long end = start + Wire.readNumber(in);
    FieldLayout layout = Wire.readLayout(in);
    WindowStatistics window =
        new WindowStatistics(start, end, layout, new FurtherSums(FurtherSums.Kept.NOTHING));
    window.readMarks(0, 0, in);
    window.readMarks(1, start, in);
    for (int at = 0; at < window.values.length; at += VALUES) {
      window.values[at] = Wire.readSum(in);
      window.values[at + 1] = Wire.readDecimal(in);
      window.values[at + 2] = Wire.readDecimal(in);
      window.values[at + 3] = Wire.readDecimal(in);
    }
    window.further = FurtherSums.read(layout.size(), in);
    return window;
  }
}
