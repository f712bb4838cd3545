package io.motorwatch.patterns.definition;

import org.jspecify.annotations.Nullable;

/**
 * A step of a sequence.
 *
 * @param what must become true
 * @param forMs how long it must stay true, milliseconds of device time; 0: not at all
 * @param times how often the step must happen
 * @param absent what must not happen between the step before and this one, or null
 * @param withinMs time after the step before within which it must complete, milliseconds; 0: no
 *     limit
 */
public record Step(Condition what, long forMs, int times, @Nullable Step absent, long withinMs) {

  public boolean persists() {
    return forMs > 0;
  }
}
