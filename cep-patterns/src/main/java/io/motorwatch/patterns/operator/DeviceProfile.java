package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.signal.DeviceLevels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows for devices from the pattern set, their nameplate and the fields they send, so that
 * a reading needs no look-up by name. Immutable: devices of a kind share one.
 */
final class DeviceProfile {

  final PatternEvaluator rules;
  final DeviceLevels levels;
  private final Attributes attributes;
  private final FieldLayout layout;
  private final double[] constants;
  private final int[] slots;
  private final BitSet applicable;
  private final RequiredInputs needs;
  private final NameplateCheck nameplate;

  /**
   * @param names the set's variables
   * @param applicable the places of the rules that are for the device
   * @param needs of these rules
   */
  DeviceProfile(
      PatternEvaluator rules,
      DeviceLevels levels,
      Attributes attributes,
      FieldLayout layout,
      List<String> names,
      BitSet applicable,
      RequiredInputs needs) {
    this.rules = rules;
    this.levels = levels;
    this.attributes = attributes;
    this.layout = layout;
    this.slots = new int[names.size()];
    Arrays.setAll(slots, i -> layout.slotOf(names.get(i)));
    this.applicable = applicable;
    this.needs = needs;
    this.constants = needs.constants(attributes);
    this.nameplate = needs.nameplate(attributes, slots);
  }

  /** What of the nameplate cannot be used. */
  NameplateCheck nameplate() {
    return nameplate;
  }

  /** The patterns for the device that need a field or attribute. */
  Set<String> patternsThatUse(String name) {
    return needs.patternsThatUse(name);
  }

  /** The attributes that patterns for the device use, as they count, for a person. */
  String attributesInUse() {
    return needs.names().stream()
        .filter(name -> layout.slotOf(name) < 0 && attributes.numbers().containsKey(name))
        .map(name -> name + " " + attributes.numbers().get(name))
        .collect(Collectors.joining(", "));
  }

  /**
   * Whether it is still what counts for the device it was looked up for. By identity: the timeline
   * hands on one nameplate until it changes, and the other way round nothing is lost but time.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean stillCounts(PatternEvaluator now, Attributes nameplate, FieldLayout fields) {
    return rules == now && attributes == nameplate && layout.equals(fields);
  }

  /** Whether it is also what counts for a device of these. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(DeviceLevels own, Attributes nameplate, FieldLayout fields) {
    return levels == own && layout.equals(fields) && attributes.equals(nameplate);
  }

  /**
   * Fills in the variables: a field first, then the device's attribute of that name, then the
   * file's default.
   */
  void read(TimelineReading reading, double[] variables) {
    double[] latest = reading.latest();
    for (int i = 0; i < variables.length; i++) {
      variables[i] = slots[i] >= 0 ? latest[slots[i]] : constants[i];
    }
  }

  /** Fills in what is known of a device that says nothing: no field. */
  void readSilence(double[] variables) {
    System.arraycopy(constants, 0, variables, 0, variables.length);
  }

  /** The device's text attributes. */
  Map<String, String> texts() {
    return attributes.texts();
  }

  /** Whether a rule is for the device. */
  boolean applies(int rule) {
    return applicable.get(rule);
  }
}
