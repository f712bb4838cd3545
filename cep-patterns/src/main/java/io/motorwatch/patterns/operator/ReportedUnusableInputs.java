package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which unusable values of a device have been reported, so that each is reported when it begins and
 * not with every reading. Contains only fields that patterns use. Mutable; belongs to one key.
 */
final class ReportedUnusableInputs {

  /** The last form of a device's state without it. */
  private static final int WITHOUT = 7;

  private int nameplate;

  /** Device time at which a field was last unusable, by its name. */
  private final Map<String, Long> fields = new TreeMap<>();

  /** Fingerprint of the nameplate note reported last; 0 for none. */
  int nameplate() {
    return nameplate;
  }

  void nameplate(int fingerprint) {
    nameplate = fingerprint;
  }

  boolean anyField() {
    return !fields.isEmpty();
  }

  Iterable<String> fields() {
    return fields.keySet();
  }

  /**
   * Notes that a field was unusable.
   *
   * @return whether that is new
   */
  boolean begins(String field, long at) {
    Long before = fields.put(field, at);
    if (before != null && before > at) {
      fields.put(field, before);
    }
    return before == null;
  }

  /** Removes fields; returns whether there was one. */
  boolean end(Predicate<String> which) {
    return fields.keySet().removeIf(which);
  }

  long lastAt(String field) {
    return fields.getOrDefault(field, Long.MIN_VALUE);
  }

  ReportedUnusableInputs copy() {
    ReportedUnusableInputs copy = new ReportedUnusableInputs();
    copy.nameplate = nameplate;
    copy.fields.putAll(fields);
    return copy;
  }

  /** One byte where nothing has been reported. */
  void write(DataOutputView out) throws IOException {
    Wire.writeCount(2 * fields.size() + (nameplate == 0 ? 0 : 1), out);
    if (nameplate != 0) {
      out.writeInt(nameplate);
    }
    for (Map.Entry<String, Long> field : fields.entrySet()) {
      Wire.writeText(field.getKey(), out);
      out.writeLong(field.getValue());
    }
  }

  /**
   * @param writtenBy the form of the state it is part of
   */
  static ReportedUnusableInputs read(int writtenBy, DataInputView in) throws IOException {
    ReportedUnusableInputs reported = new ReportedUnusableInputs();
    if (writtenBy <= WITHOUT) {
      return reported;
    }
    int head = Wire.readCount(in);
    reported.nameplate = head % 2 == 0 ? 0 : in.readInt();
    for (int n = head / 2; n > 0; n--) {
      reported.fields.put(Wire.readText(in), in.readLong());
    }
    return reported;
  }
}
