package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.signal.DeviceLevels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the pattern file, the nameplate and the sent fields mean for a device: its levels, the slots
 * of its fields and the patterns that apply to it, so that a reading needs no look-up by name.
 * Immutable: similar devices share one.
 */
final class DeviceProfile {

  final PatternEvaluator evaluator;
  final DeviceLevels levels;

  /** The stateful functions that its patterns use; see {@link #functions}. */
  private final long functions;

  private final Attributes attributes;
  private final FieldLayout layout;
  private final double[] constants;
  private final int[] slots;
  private final BitSet applicable;
  private final RequiredInputs required;
  private final NameplateCheck nameplate;

  /**
   * @param names the file's variables
   * @param applicable the indexes of the patterns that apply to the device
   * @param required inputs of these patterns
   */
  DeviceProfile(
      PatternEvaluator evaluator,
      DeviceLevels levels,
      Attributes attributes,
      FieldLayout layout,
      List<String> names,
      BitSet applicable,
      RequiredInputs required) {
    this.evaluator = evaluator;
    this.levels = levels;
    this.attributes = attributes;
    this.layout = layout;
    this.slots = new int[names.size()];
    Arrays.setAll(slots, i -> layout.slotOf(names.get(i)));
    this.applicable = applicable;
    this.required = required;
    this.functions = evaluator.table().functionsOf(required.names());
    this.constants = required.constants(attributes);
    this.nameplate = required.nameplate(attributes, slots);
  }

  /** The attributes that patterns need and cannot use. */
  NameplateCheck nameplate() {
    return nameplate;
  }

  /** The patterns that apply to the device and need this field or attribute. */
  Set<String> patternsThatUse(String name) {
    return required.patternsThatUse(name);
  }

  /** The attributes that these patterns use, with their values, for a person. */
  String attributesInUse() {
    return required.names().stream()
        .filter(name -> layout.slotOf(name) < 0 && attributes.numbers().containsKey(name))
        .map(name -> name + " " + attributes.numbers().get(name))
        .collect(Collectors.joining(", "));
  }

  /**
   * Whether it still applies to its device. Compared by identity: the timeline passes the same
   * nameplate until it changes, and another instance with equal content only costs a look-up.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean isCurrent(PatternEvaluator now, Attributes nameplate, FieldLayout fields) {
    return evaluator == now && attributes == nameplate && layout.equals(fields);
  }

  /** Whether it also applies to a device of these levels, nameplate and fields. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(DeviceLevels own, Attributes nameplate, FieldLayout fields) {
    return levels == own && layout.equals(fields) && attributes.equals(nameplate);
  }

  /**
   * Fills in the variables: the field of that name, else the device's attribute, else the file's
   * default.
   */
  void read(TimelineReading reading, double[] variables) {
    double[] latest = reading.latest();
    for (int i = 0; i < variables.length; i++) {
      variables[i] = slots[i] >= 0 ? latest[slots[i]] : constants[i];
    }
  }

  /**
   * The stateful functions that the device needs, a bit for each: those of its patterns, and of
   * others whose alarm is still open since they applied.
   */
  long functions(DeviceAlarms alarms) {
    if (!alarms.anyOpen()) {
      return functions;
    }
    long all = functions;
    for (CompiledPattern pattern : evaluator.patterns()) {
      if (alarms.isOpen(pattern.id())) {
        all |= pattern.functions();
      }
    }
    return all;
  }

  /** Fills in the variables of a silent device: attributes and defaults, no field. */
  void readSilence(double[] variables) {
    System.arraycopy(constants, 0, variables, 0, variables.length);
  }

  /** The device's text attributes. */
  Map<String, String> texts() {
    return attributes.texts();
  }

  /** Whether the pattern of this index applies to the device. */
  boolean applies(int pattern) {
    return applicable.get(pattern);
  }
}
