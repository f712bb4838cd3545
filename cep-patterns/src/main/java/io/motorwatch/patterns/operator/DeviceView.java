package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.signal.DeviceLevels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows for one device from the pattern set, its nameplate and the fields it sends: looked
 * up once and kept beside the device's state until one of them changes, so that a reading needs no
 * look-up by name.
 */
final class DeviceView {

  final RuleSet rules;
  final DeviceLevels levels;
  private final List<String> names;
  private final double[] defaults;
  private final double[] constants;
  private final int[] slots;
  private @Nullable FieldLayout layout;
  private @Nullable Attributes attributes;
  private boolean[] applicable = {};

  DeviceView(RuleSet rules, DeviceId device, List<String> names, double[] defaults) {
    this.rules = rules;
    this.levels = rules.table().levelsOf(device);
    this.names = names;
    this.defaults = defaults;
    this.constants = defaults.clone();
    this.slots = new int[defaults.length];
  }

  /**
   * Fills in the variables: a field first, then the device's attribute of that name, then the
   * file's default.
   */
  void read(TimelineReading reading, double[] variables) {
    lookIfOther(reading.attributes());
    if (!reading.known().equals(layout)) {
      layout = reading.known();
      Arrays.setAll(slots, i -> reading.known().slotOf(names.get(i)));
    }
    double[] latest = reading.latest();
    for (int i = 0; i < variables.length; i++) {
      variables[i] = slots[i] >= 0 ? latest[slots[i]] : constants[i];
    }
  }

  /** Fills in what is known of a device that says nothing: no field. */
  void readSilence(Attributes nameplate, double[] variables) {
    lookIfOther(nameplate);
    System.arraycopy(constants, 0, variables, 0, variables.length);
  }

  /** By identity: the timeline hands on one instance until the nameplate changes. */
  @SuppressWarnings("ReferenceEquality")
  private void lookIfOther(Attributes now) {
    if (now == attributes) {
      return;
    }
    attributes = now;
    for (int i = 0; i < constants.length; i++) {
      Double own = now.numbers().get(names.get(i));
      constants[i] = own == null ? defaults[i] : own;
    }
    List<Rule> all = rules.rules();
    applicable = new boolean[all.size()];
    for (int i = 0; i < applicable.length; i++) {
      applicable[i] = all.get(i).appliesTo(now);
    }
  }

  /** Whether a rule is for the device at the reading read last. */
  boolean applies(int rule) {
    return applicable[rule];
  }
}
