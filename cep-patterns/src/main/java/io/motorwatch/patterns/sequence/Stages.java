package io.motorwatch.patterns.sequence;

import java.util.Map;

/**
 * What must be known of the stages of a compiled sequence to tell which of its beginnings still
 * matter.
 *
 * @param first the stage of the first step's onset
 * @param withinMs how long the whole may take, milliseconds; 0: no limit
 * @param waitMs how long a beginning may wait at a stage, by stage, milliseconds; absent: for ever
 * @param stepLimits whether any step must come within a time of the one before
 */
record Stages(String first, long withinMs, Map<String, Long> waitMs, boolean stepLimits) {

  boolean limited() {
    return withinMs > 0 || stepLimits;
  }
}
