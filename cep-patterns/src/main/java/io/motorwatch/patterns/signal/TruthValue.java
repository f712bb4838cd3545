package io.motorwatch.patterns.signal;

/**
 * The three truth values of a condition, one byte each, since state has one per condition and
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
