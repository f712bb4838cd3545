package io.motorwatch.tiers;

import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of each of a device's counters: fields its attribute {@value #ATTRIBUTE} names,
 * which only grow, until the device begins again at zero. What a counter gained is attributed to
 * the reading that shows it, so gains of any windows can be added up. A reading that comes late
 * gains nothing: what it shows is in the gain of the one after it. Mutable; belongs to one key.
 */
final class MonotonicFields {

  static final String ATTRIBUTE = "counters";

  /** Most devices have no counters. */
  private static final double[] NOTHING = {};

  private FieldLayout names = FieldLayout.EMPTY;
  private double[] newest = NOTHING;

  /**
   * Takes in a reading that came in order.
   *
   * @param counters the fields that are counters
   * @return gains by the reading's slots, 0 where a counter is seen for the first time, NaN for
   *     what is none; null where the reading has none
   */
  double @Nullable [] take(Reading reading, List<String> counters) {
    double[] gains = null;
    for (String counter : counters) {
      int slot = reading.layout().slotOf(counter);
      if (slot >= 0) {
        if (gains == null) {
          gains = new double[reading.size()];
          Arrays.fill(gains, Double.NaN);
        }
        gains[slot] = take(counter, reading.value(slot));
      }
    }
    return gains;
  }

  private double take(String counter, double value) {
    int slot = names.slotOf(counter);
    if (slot < 0) {
      append(counter, value);
      return 0;
    }
    double before = newest[slot];
    newest[slot] = value;
    return value < before ? value : value - before;
  }

  private void append(String counter, double value) {
    int size = names.size();
    String[] longer = new String[size + 1];
    for (int i = 0; i < size; i++) {
      longer[i] = names.name(i);
    }
    longer[size] = counter;
    names = FieldLayout.of(longer);
    newest = Arrays.copyOf(newest, size + 1);
    newest[size] = value;
  }

  MonotonicFields copy() {
    MonotonicFields copy = new MonotonicFields();
    copy.names = names;
    copy.newest = newest.length == 0 ? NOTHING : newest.clone();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeLayout(names, out);
    for (double value : newest) {
      out.writeDouble(value);
    }
  }

  static MonotonicFields read(DataInputView in) throws IOException {
    MonotonicFields counters = new MonotonicFields();
    counters.names = Wire.readLayout(in);
    int size = counters.names.size();
    counters.newest = size == 0 ? NOTHING : new double[size];
    for (int i = 0; i < counters.newest.length; i++) {
      counters.newest[i] = in.readDouble();
    }
    return counters;
  }
}
