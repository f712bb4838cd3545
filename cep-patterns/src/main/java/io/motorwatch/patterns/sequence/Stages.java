package io.motorwatch.patterns.sequence;

import java.util.Map;

/**
 * What must be known of the stages of a compiled sequence to tell which of its beginnings still
 * matter.
 *
 * @param first the stage of the first step's onset
 * @param withinMs how long the whole may take, milliseconds; 0: no limit
 * @param waits how long a beginning may wait at a stage, by stage; absent: for ever
 * @param stepLimits whether any step must come within a time of the one before
 */
record Stages(String first, long withinMs, Map<String, Wait> waits, boolean stepLimits) {

  /**
   * How long may be waited at a stage.
   *
   * @param from the stage from which it is measured: where the step before was complete
   */
  record Wait(String from, long withinMs) {}

  boolean limited() {
    return withinMs > 0 || stepLimits;
  }
}
