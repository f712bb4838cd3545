package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which rules a file had, kept with every device, so that the next file tells which of its own are
 * new to the device. Half of each fingerprint, since there is one a pattern and device: even with
 * 256 patterns a changed one is taken for one known already once in some ten million changes.
 * Immutable.
 */
final class PatternFingerprints {

  /** The last form of a device's state that kept fingerprints whole. */
  private static final int WHOLE = 5;

  private final int[] prints;

  private PatternFingerprints(int[] prints) {
    this.prints = prints;
  }

  static PatternFingerprints of(List<CompiledPattern> rules) {
    return new PatternFingerprints(
        rules.stream().mapToInt(rule -> print(rule.fingerprint())).toArray());
  }

  private static int print(long fingerprint) {
    return (int) (fingerprint >>> Integer.SIZE);
  }

  boolean has(long fingerprint) {
    return hasPrint(print(fingerprint));
  }

  private boolean hasPrint(int wanted) {
    for (int print : prints) {
      if (print == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Those that the others have too; itself if they have all. */
  PatternFingerprints within(PatternFingerprints others) {
    int[] kept = Arrays.stream(prints).filter(others::hasPrint).toArray();
    return kept.length == prints.length ? this : new PatternFingerprints(kept);
  }

  void write(DataOutputView out) throws IOException {
    Wire.writeCount(prints.length, out);
    for (int print : prints) {
      out.writeInt(print);
    }
  }

  /**
   * @param writtenBy the form of the state they are part of
   */
  static PatternFingerprints read(int writtenBy, DataInputView in) throws IOException {
    int[] prints = new int[Wire.readCount(in)];
    for (int i = 0; i < prints.length; i++) {
      prints[i] = writtenBy > WHOLE ? in.readInt() : print(in.readLong());
    }
    return new PatternFingerprints(prints);
  }
}
