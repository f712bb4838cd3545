package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills in the variables of a pattern set from a reading: a field first, then the device's
 * attribute of that name, then the file's default.
 */
final class VariableReader {

  /** Devices of a kind share a layout; a fleet with more kinds than this looks some up again. */
  private static final int KEPT_LAYOUTS = 256;

  private final List<String> names;
  private final double[] defaults;
  private final double[] values;
  private final Map<FieldLayout, int[]> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FieldLayout, int[]> eldest) {
          return size() > KEPT_LAYOUTS;
        }
      };

  VariableReader(PatternSet set) {
    this.names = set.variables().names();
    this.values = new double[names.size()];
    this.defaults = new double[names.size()];
    for (int i = 0; i < defaults.length; i++) {
      defaults[i] = set.defaults().getOrDefault(names.get(i), Double.NaN);
    }
  }

  /** The values, in an array that the next call overwrites. */
  double[] read(TimelineReading reading) {
    int[] slotOfVariable = slots.computeIfAbsent(reading.known(), this::slotsIn);
    double[] latest = reading.latest();
    Attributes attributes = reading.attributes();
    for (int i = 0; i < values.length; i++) {
      int slot = slotOfVariable[i];
      values[i] = slot >= 0 ? latest[slot] : attribute(attributes, i);
    }
    return values;
  }

  private double attribute(Attributes attributes, int variable) {
    if (attributes.numbers().isEmpty()) {
      return defaults[variable];
    }
    Double own = attributes.numbers().get(names.get(variable));
    return own == null ? defaults[variable] : own;
  }

  private int[] slotsIn(FieldLayout layout) {
    int[] found = new int[names.size()];
    Arrays.setAll(found, i -> layout.slotOf(names.get(i)));
    return found;
  }
}
