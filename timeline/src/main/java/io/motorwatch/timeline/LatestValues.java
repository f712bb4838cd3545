package io.motorwatch.timeline;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The newest value of each field a device has sent, for devices that send each field in a message
 * of its own. Mutable; belongs to one key.
 *
 * <p>Most devices send all fields in each message: then the values are the newest reading's own
 * array, never written to, and all of one time.
 */
final class LatestValues {

  /** A device that keeps inventing fields is not followed any further; its readings are kept. */
  static final int MAX_FIELDS = 256;

  private static final long[] OF_ONE_TIME = {};

  private FieldLayout layout = FieldLayout.EMPTY;
  private double[] values = {};

  /** The newest reading's time, and that of all values where {@link #times} is empty. */
  private long newest;

  /** Each value's time; empty where all are of the newest reading. */
  private long[] times = OF_ONE_TIME;

  /**
   * Takes in a reading that is not older than any before, and gives it with the values known then.
   *
   * @param maxAge milliseconds after which a value counts as unknown
   */
  TimelineReading take(Reading reading, Attributes attributes, long maxAge) {
    if (layout.size() == 0 || reading.layout().equals(layout)) {
      layout = reading.layout();
      values = reading.values();
      times = OF_ONE_TIME;
      newest = reading.timestamp();
      return TimelineReading.complete(reading, attributes);
    }
    takeSome(reading);
    newest = reading.timestamp();
    double[] fresh = values.clone();
    for (int i = 0; i < fresh.length; i++) {
      if (newest - times[i] > maxAge) {
        fresh[i] = Double.NaN;
      }
    }
    return new TimelineReading(reading, false, layout, fresh, attributes);
  }

  private void takeSome(Reading reading) {
    if (times.length == 0) {
      values = values.clone();
      times = new long[values.length];
      Arrays.fill(times, newest);
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

  /** The device's clock was changed: no value's age is known any more. */
  void clear() {
    layout = FieldLayout.EMPTY;
    values = new double[0];
    times = OF_ONE_TIME;
  }

  LatestValues copy() {
    LatestValues copy = new LatestValues();
    copy.layout = layout;
    copy.newest = newest;
    // Values of one time are a reading's own array, which is never written to.
    copy.values = times.length == 0 ? values : values.clone();
    copy.times = times.length == 0 ? OF_ONE_TIME : times.clone();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeLayout(layout, out);
    if (layout.size() == 0) {
      return;
    }
    Wire.writeNumber(newest, out);
    out.writeBoolean(times.length == 0);
    for (double value : values) {
      Wire.writeDecimal(value, out);
    }
    for (long time : times) {
      Wire.writeNumber(newest - time, out);
    }
  }

  static LatestValues read(DataInputView in) throws IOException {
    LatestValues latest = new LatestValues();
    latest.layout = Wire.readLayout(in);
    int size = latest.layout.size();
    if (size == 0) {
      return latest;
    }
    latest.newest = Wire.readNumber(in);
    latest.times = in.readBoolean() ? OF_ONE_TIME : new long[size];
    latest.values = new double[size];
    for (int i = 0; i < size; i++) {
      latest.values[i] = Wire.readDecimal(in);
    }
    for (int i = 0; i < latest.times.length; i++) {
      latest.times[i] = latest.newest - Wire.readNumber(in);
    }
    return latest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatestValues that
        && layout.equals(that.layout)
        && newest == that.newest
        && Arrays.equals(values, that.values)
        && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }
}
