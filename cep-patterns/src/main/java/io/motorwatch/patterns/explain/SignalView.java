package io.motorwatch.patterns.explain;

import java.util.List;
import java.util.OptionalLong;

/**
 * A signal with the last reading.
 *
 * @param name in the pattern file
 * @param expression what is compared with the level
 * @param truth whether it is true
 * @param since the device time since when it is so, epoch milliseconds; nothing where it is unknown
 * @param value NaN where it is unknown
 * @param level of the device, and on which side it is true
 * @param unknown the variables of the expression that have no value
 */
public record SignalView(
    String name,
    String expression,
    Truth truth,
    OptionalLong since,
    double value,
    Level level,
    List<String> unknown) {

  /** Three-valued. */
  public enum Truth {
    TRUE,
    FALSE,
    /** Nothing is known yet, or since a gap. */
    UNKNOWN
  }

  /**
   * A level.
   *
   * @param above whether it is true above the level, else below
   * @param maxGapMs a longer gap between readings makes it unknown, milliseconds
   */
  public record Level(boolean above, double level, double reset, long maxGapMs) {}
}
