package io.motorwatch.patterns.signal;

/**
 * Whether a condition holds, as kept in state: one byte, since there is one per condition and
 * device.
 */
final class TruthValue {

  /** Not evaluated yet, or not since the last gap. */
  static final byte UNKNOWN = 0;

  static final byte FALSE = 1;
  static final byte TRUE = 2;

  private TruthValue() {}

  static byte of(boolean holds) {
    return holds ? TRUE : FALSE;
  }
}
