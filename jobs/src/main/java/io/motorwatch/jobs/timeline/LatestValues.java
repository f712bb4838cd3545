package io.motorwatch.jobs.timeline;

import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The newest value of each field a device has sent, for devices that send each field in a message
 * of its own. Mutable; belongs to one key.
 */
final class LatestValues {

  /** A device that keeps inventing fields is not followed any further; its readings are kept. */
  static final int MAX_FIELDS = 256;

  private FieldLayout layout;
  private double[] values;
  private long[] times;

  LatestValues() {
    this(FieldLayout.EMPTY, new double[0], new long[0]);
  }

  private LatestValues(FieldLayout layout, double[] values, long[] times) {
    this.layout = layout;
    this.values = values;
    this.times = times;
  }

  FieldLayout layout() {
    return layout;
  }

  /** Takes in a reading that is not older than any before. */
  void update(Reading reading) {
    if (reading.layout().equals(layout)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = reading.value(i);
      }
      Arrays.fill(times, reading.timestamp());
      return;
    }
    for (int i = 0; i < reading.size(); i++) {
      int slot = slot(reading.layout().name(i));
      if (slot >= 0) {
        values[slot] = reading.value(i);
        times[slot] = reading.timestamp();
      }
    }
  }

  private int slot(String name) {
    int slot = layout.slotOf(name);
    if (slot >= 0 || layout.size() == MAX_FIELDS) {
      return slot;
    }
    int size = layout.size();
    String[] names = new String[size + 1];
    for (int i = 0; i < size; i++) {
      names[i] = layout.name(i);
    }
    names[size] = name;
    layout = FieldLayout.of(names);
    values = Arrays.copyOf(values, size + 1);
    times = Arrays.copyOf(times, size + 1);
    return size;
  }

  /** The values at a device time; NaN for those older than {@code maxAge} milliseconds. */
  double[] at(long now, long maxAge) {
    double[] believed = values.clone();
    for (int i = 0; i < believed.length; i++) {
      if (now - times[i] > maxAge) {
        believed[i] = Double.NaN;
      }
    }
    return believed;
  }

  LatestValues copy() {
    return new LatestValues(layout, values.clone(), times.clone());
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeLayout(layout, out);
    for (int i = 0; i < values.length; i++) {
      out.writeDouble(values[i]);
      out.writeLong(times[i]);
    }
  }

  static LatestValues read(DataInputView in) throws IOException {
    FieldLayout layout = Wire.readLayout(in);
    double[] values = new double[layout.size()];
    long[] times = new long[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
      times[i] = in.readLong();
    }
    return new LatestValues(layout, values, times);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatestValues that
        && layout.equals(that.layout)
        && Arrays.equals(values, that.values)
        && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }
}
