package io.motorwatch.benchmarks.rivals;

import java.io.Serializable;
import java.util.List;

/**
 * A load above a level for some time, every reading between not below the reset level and no gap
 * longer than the longest allowed: the shape of both rules. The same numbers stand in {@code
 * rules.yaml}, which is what motorwatch is given.
 *
 * @param name of the pattern
 * @param above in units of the rated current
 * @param reset in units of the rated current
 * @param heldMs device time
 */
record HeldRule(String name, double above, double reset, long heldMs) implements Serializable {

  /** The longest distance of two readings that does not break what is held, milliseconds. */
  static final long MAX_GAP_MS = 10_000;

  /** Overload and stall of conf/patterns.yaml. */
  static final List<HeldRule> BOTH =
      List.of(new HeldRule("overload", 1.2, 1.15, 30_000), new HeldRule("stall", 2.0, 1.92, 2_000));
}
