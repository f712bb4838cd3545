package io.motorwatch.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several variants in turns: the first round of all of them, then the second. A machine
 * that gets slower over minutes then slows all of them, and not the difference between two.
 */
public final class Rounds {

  private Rounds() {}

  /** Measures one variant once. */
  @FunctionalInterface
  public interface Measured<V> {
    Cost once(V variant) throws Exception;
  }

  /**
   * Measures each variant so often, after a round that warms up and does not count.
   *
   * @return of each variant, in the order given, the round of the least processor time
   */
  public static <V> Map<V, Cost> least(int rounds, List<V> variants, Measured<V> measured)
      throws Exception {
    Map<V, Cost> least = new LinkedHashMap<>();
    for (V variant : variants) {
      measured.once(variant);
    }
    for (int round = 0; round < rounds; round++) {
      for (V variant : variants) {
        least.merge(variant, measured.once(variant), Cost::lower);
      }
    }
    return least;
  }
}
