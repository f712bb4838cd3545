package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.patterns.alarm.DeviceAlarms;
import io.motorwatch.patterns.sequence.SequenceRunner.SavedState;
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
 * The keyed state of one device. Everything in it is found by what it belongs to (a condition, the
 * steps of a pattern, the name of a pattern) and not by its place in a file, so that it means the
 * same under the next file. Mutable; belongs to one key.
 */
final class DeviceState {

  /** Of the pattern file in force at the last reading; see {@link PatternEvaluator}. */
  long fileFingerprint;

  /** The patterns of that file. */
  PatternFingerprints knownPatterns;

  final DeviceAlarms alarms;

  /** Sequences under way, by the fingerprint of their pattern. */
  final Map<Long, SavedState> sequences;

  /** Follows from the file and the device; never written. */
  transient @Nullable DeviceProfile profile;

  /** Unusable values that have been reported. */
  final ReportedUnusableInputs inputs;

  private @Nullable RestoredConditions restored;
  private @Nullable DeviceConditions conditions;

  private DeviceState(
      long fileFingerprint,
      PatternFingerprints knownPatterns,
      DeviceAlarms alarms,
      Map<Long, SavedState> sequences,
      ReportedUnusableInputs inputs) {
    this.fileFingerprint = fileFingerprint;
    this.knownPatterns = knownPatterns;
    this.alarms = alarms;
    this.sequences = sequences;
    this.inputs = inputs;
  }

  /** Of a device without a reading. */
  static DeviceState create(
      long fileFingerprint, PatternFingerprints knownPatterns, ConditionTable table) {
    DeviceState state =
        new DeviceState(
            fileFingerprint,
            knownPatterns,
            new DeviceAlarms(),
            new TreeMap<>(),
            new ReportedUnusableInputs());
    state.conditions = DeviceConditions.unknown(table);
    return state;
  }

  /** The conditions in the order of the file's table; restored ones are matched to it. */
  DeviceConditions conditions(PatternEvaluator evaluator) {
    ConditionTable table = evaluator.table();
    DeviceConditions now = conditions;
    if (now == null || now.table() != table) {
      now =
          fileFingerprint == evaluator.fileFingerprint()
              ? DeviceConditions.restore(toSave(), table, alarms)
              : DeviceConditions.adopt(toSave(), table, alarms);
      conditions = now;
      restored = null;
    }
    return now;
  }

  /** Device time of the last reading, epoch milliseconds. */
  long lastAt() {
    return conditions == null ? toSave().lastAt() : conditions.lastAt();
  }

  private RestoredConditions toSave() {
    if (conditions != null) {
      return conditions.toSave();
    }
    if (restored == null) {
      throw new IllegalStateException("a device's state without conditions");
    }
    return restored;
  }

  DeviceState copy() {
    DeviceState copy =
        new DeviceState(
            fileFingerprint, knownPatterns, alarms.copy(), new TreeMap<>(sequences), inputs.copy());
    copy.restored = restored;
    copy.conditions = conditions == null ? null : conditions.copy();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(fileFingerprint);
    knownPatterns.write(out);
    toSave().write(out);
    alarms.write(out);
    Wire.writeCount(sequences.size(), out);
    for (Map.Entry<Long, SavedState> entry : sequences.entrySet()) {
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
    long fileFingerprint = in.readLong();
    PatternFingerprints knownPatterns = PatternFingerprints.read(writtenBy, in);
    RestoredConditions restored = RestoredConditions.read(writtenBy, in);
    DeviceAlarms alarms = DeviceAlarms.read(writtenBy, in);
    Map<Long, SavedState> sequences = new TreeMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      long fingerprint = in.readLong();
      long checkAt = in.readLong();
      byte[] bytes = new byte[Wire.readCount(in)];
      in.readFully(bytes);
      sequences.put(fingerprint, new SavedState(bytes, checkAt));
    }
    ReportedUnusableInputs inputs = ReportedUnusableInputs.read(writtenBy, in);
    DeviceState state = new DeviceState(fileFingerprint, knownPatterns, alarms, sequences, inputs);
    state.restored = restored;
    return state;
  }
}
