package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fingerprints of a file's patterns, kept with every device so that after a change of the file
 * it is known which patterns are new to the device. Half of each fingerprint is kept, since there
 * is one per pattern and device: even with 256 patterns, a changed pattern is mistaken for a known
 * one about once in ten million changes. Immutable.
 */
final class PatternFingerprints {

  /** The last form of a device's state that kept fingerprints whole. */
  private static final int WHOLE = 5;

  private final int[] fingerprints;

  private PatternFingerprints(int[] fingerprints) {
    this.fingerprints = fingerprints;
  }

  static PatternFingerprints of(List<CompiledPattern> patterns) {
    return new PatternFingerprints(
        patterns.stream().mapToInt(pattern -> half(pattern.fingerprint())).toArray());
  }

  private static int half(long fingerprint) {
    return (int) (fingerprint >>> Integer.SIZE);
  }

  boolean has(long fingerprint) {
    return hasHalf(half(fingerprint));
  }

  private boolean hasHalf(int wanted) {
    for (int fingerprint : fingerprints) {
      if (fingerprint == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Those that the others have too; itself if they have all. */
  PatternFingerprints within(PatternFingerprints others) {
    int[] kept = Arrays.stream(fingerprints).filter(others::hasHalf).toArray();
    return kept.length == fingerprints.length ? this : new PatternFingerprints(kept);
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeCount(fingerprints.length, out);
    for (int fingerprint : fingerprints) {
      out.writeInt(fingerprint);
    }
  }

  /**
   * @param writtenBy the form of the state they are part of
   */
  static PatternFingerprints read(int writtenBy, DataInputView in) throws IOException {
    int[] fingerprints = new int[Wire.readCount(in)];
    for (int i = 0; i < fingerprints.length; i++) {
      fingerprints[i] = writtenBy > WHOLE ? in.readInt() : half(in.readLong());
    }
    return new PatternFingerprints(fingerprints);
  }
}
