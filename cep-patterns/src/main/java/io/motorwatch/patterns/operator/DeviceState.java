package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.sequence.SequenceMemory;
import io.motorwatch.patterns.signal.ConditionTable;
import io.motorwatch.patterns.signal.DeviceConditions;
import io.motorwatch.patterns.signal.RestoredConditions;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one device between its readings. Everything in it is addressed by what it is
 * of (a condition, a pattern's structure, a pattern's name) and not by its place in a file, so that
 * it means the same under the next file. Mutable; belongs to one key.
 */
final class DeviceState {

  /**
   * Of the pattern file by which the last reading was judged; see {@link PatternEvaluator#stamp}.
   */
  long stamp;

  /** The rules of that file; see {@link PatternFingerprints}. */
  PatternFingerprints rules;

  final DeviceAlarms alarms;

  /** Sequences that have begun, by their rule's fingerprint. */
  final Map<Long, SequenceMemory> sequences;

  /** What follows from the file and the device; never kept. */
  transient @Nullable DeviceProfile view;

  /** What has been reported of values that cannot be used. */
  final ReportedUnusableInputs inputs;

  private @Nullable RestoredConditions kept;
  private @Nullable DeviceConditions conditions;

  private DeviceState(
      long stamp,
      PatternFingerprints rules,
      DeviceAlarms alarms,
      Map<Long, SequenceMemory> sequences,
      ReportedUnusableInputs inputs) {
    this.stamp = stamp;
    this.rules = rules;
    this.alarms = alarms;
    this.sequences = sequences;
    this.inputs = inputs;
  }

  /** Of a device nothing is known of. */
  static DeviceState fresh(long stamp, PatternFingerprints rules, ConditionTable table) {
    DeviceState state =
        new DeviceState(
            stamp, rules, new DeviceAlarms(), new TreeMap<>(), new ReportedUnusableInputs());
    state.conditions = DeviceConditions.fresh(table);
    return state;
  }

  /** The conditions as slots of a set's table: kept ones are sorted into it. */
  DeviceConditions conditions(PatternEvaluator rules) {
    ConditionTable table = rules.table();
    DeviceConditions now = conditions;
    if (now == null || now.table() != table) {
      now =
          stamp == rules.stamp()
              ? DeviceConditions.restore(toKeep(), table, alarms)
              : DeviceConditions.adopt(toKeep(), table, alarms);
      conditions = now;
      kept = null;
    }
    return now;
  }

  /** Device time of the last reading judged, epoch milliseconds. */
  long lastAt() {
    return conditions == null ? toKeep().lastAt() : conditions.lastAt();
  }

  private RestoredConditions toKeep() {
    if (conditions != null) {
      return conditions.kept();
    }
    if (kept == null) {
      throw new IllegalStateException("a device's state without conditions");
    }
    return kept;
  }

  DeviceState copy() {
    DeviceState copy =
        new DeviceState(stamp, rules, alarms.copy(), new TreeMap<>(sequences), inputs.copy());
    copy.kept = kept;
    copy.conditions = conditions == null ? null : conditions.copy();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(stamp);
    rules.write(out);
    toKeep().write(out);
    alarms.write(out);
    Wire.writeCount(sequences.size(), out);
    for (Map.Entry<Long, SequenceMemory> entry : sequences.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeLong(entry.getValue().checkAt());
      byte[] bytes = entry.getValue().bytes();
      Wire.writeCount(bytes.length, out);
      out.write(bytes);
    }
    inputs.write(out);
  }

  /**
   * @param writtenBy the form it was written in; see {@link DeviceStateSerializer}
   */
  static DeviceState read(int writtenBy, DataInputView in) throws IOException {
    long stamp = in.readLong();
    PatternFingerprints rules = PatternFingerprints.read(writtenBy, in);
    RestoredConditions kept = RestoredConditions.read(writtenBy, in);
    DeviceAlarms alarms = DeviceAlarms.read(writtenBy, in);
    Map<Long, SequenceMemory> sequences = new TreeMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      long rule = in.readLong();
      long checkAt = in.readLong();
      byte[] bytes = new byte[Wire.readCount(in)];
      in.readFully(bytes);
      sequences.put(rule, new SequenceMemory(bytes, checkAt));
    }
    ReportedUnusableInputs inputs = ReportedUnusableInputs.read(writtenBy, in);
    DeviceState state = new DeviceState(stamp, rules, alarms, sequences, inputs);
    state.kept = kept;
    return state;
  }
}
