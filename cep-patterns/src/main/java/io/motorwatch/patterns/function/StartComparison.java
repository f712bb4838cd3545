package io.motorwatch.patterns.function;

import io.motorwatch.patterns.motor.StartPhase;
import java.util.Arrays;

/**
 * {@code startTime()}, {@code startHeat()} and {@code startPeak()}: what the present start, or else
 * the last one, has taken so far, over what this motor's starts take: the median of the last five
 * successful ones before it. Its duration, its heat as the integral of (I / I_rated)² over time, or
 * its highest current; {@code learnedStartHeat(tripClass)}: that median of the heat, as a share of
 * what trips a relay of the class ({@link ThermalReplica}; nothing of it is given off during a
 * start).
 *
 * <p>Unknown until five starts have been learned. General Electric's 869 relay learns acceleration
 * time, starting current and thermal capacity used in the same way, as means; the median is ours,
 * since two bad starts of five do not change it. A start that ends in standstill, or that a gap
 * interrupts, is compared but not learned. A start of fewer than four readings counts as usual at
 * most: it may last one interval longer or shorter by chance.
 */
final class StartComparison implements StatefulFunction {

  private static final int AT = 0;
  private static final int BEGAN_AT = 1;

  /** The current over rated with the reading before; -1 while no start is under way. */
  private static final int LOAD = 2;

  private static final int PRESENT = 3;

  /** -1 where unknown, as the next one. */
  private static final int RATIO = 4;

  private static final int LEARNED = 5;

  /** Of the present start so far. */
  private static final int READINGS = 6;

  /** Newest first; NaN behind the last. */
  private static final int STARTS = 7;

  private static final int MOST = 5;
  private static final double LEAST_READINGS = 4;
  private static final double UNKNOWN = -1;
  private static final double MS_PER_SECOND = 1000;

  /** As in {@link ThermalReplica}: what happens in a gap is unknown. */
  private static final double LONGEST_HEATING_MS = 10_000;

  /** What of a start is compared. */
  enum Quantity {
    TIME,
    HEAT,
    PEAK,
    /** The heat of a start as the motor's starts usually have it. */
    LEARNED_HEAT
  }

  private final Quantity quantity;
  private final double[] sorted = new double[MOST];

  StartComparison(Quantity quantity) {
    this.quantity = quantity;
  }

  @Override
  public int size() {
    return STARTS + MOST;
  }

  /**
   * @param arguments none for the time; current and rated current for the others, for {@link
   *     Quantity#LEARNED_HEAT} behind the trip class
   */
  @Override
  public double next(double[] arguments, long at, StartPhase start, double[] memory, int from) {
    double load = load(arguments);
    if (!(load <= ThermalReplica.MOST_LOAD)) {
      return Double.NaN;
    }
    if (start == StartPhase.BEGINS) {
      begin(at, load, memory, from);
    } else if (!Double.isNaN(memory[from + AT]) && memory[from + LOAD] != UNKNOWN) {
      if (start == StartPhase.NONE) {
        memory[from + LOAD] = UNKNOWN;
      } else {
        follow(at, load, memory, from);
      }
      if (start == StartPhase.ENDS) {
        learn(memory, from);
        memory[from + LOAD] = UNKNOWN;
      }
    }
    double result =
        quantity == Quantity.LEARNED_HEAT ? memory[from + LEARNED] : memory[from + RATIO];
    if (!(result >= 0)) {
      return Double.NaN;
    }
    return quantity == Quantity.LEARNED_HEAT ? ThermalReplica.heatOf(result, arguments[0]) : result;
  }

  private double load(double[] arguments) {
    return switch (quantity) {
      case TIME -> 0;
      case HEAT, PEAK -> Math.abs(arguments[0] / arguments[1]);
      case LEARNED_HEAT -> Math.abs(arguments[1] / arguments[2]);
    };
  }

  private void begin(long at, double load, double[] memory, int from) {
    if (Double.isNaN(memory[from + AT])) {
      memory[from + LEARNED] = UNKNOWN;
    }
    memory[from + AT] = at;
    memory[from + BEGAN_AT] = at;
    memory[from + LOAD] = load;
    memory[from + READINGS] = 1;
    memory[from + PRESENT] = quantity == Quantity.PEAK ? load : 0;
    compare(memory, from);
  }

  private void follow(long at, double load, double[] memory, int from) {
    double elapsed = at - memory[from + AT];
    double before = memory[from + LOAD];
    double present = memory[from + PRESENT];
    memory[from + PRESENT] =
        switch (quantity) {
          case TIME -> (at - memory[from + BEGAN_AT]) / MS_PER_SECOND;
          case PEAK -> Math.max(present, load);
          case HEAT, LEARNED_HEAT ->
              present
                  + (before * before + load * load)
                      / 2
                      * Math.min(elapsed, LONGEST_HEATING_MS)
                      / MS_PER_SECOND;
        };
    memory[from + AT] = at;
    memory[from + LOAD] = load;
    memory[from + READINGS]++;
    compare(memory, from);
  }

  private static void compare(double[] memory, int from) {
    double learned = memory[from + LEARNED];
    double ratio = learned > 0 ? memory[from + PRESENT] / learned : UNKNOWN;
    memory[from + RATIO] = memory[from + READINGS] < LEAST_READINGS ? Math.min(ratio, 1) : ratio;
  }

  private void learn(double[] memory, int from) {
    System.arraycopy(memory, from + STARTS, memory, from + STARTS + 1, MOST - 1);
    memory[from + STARTS] = memory[from + PRESENT];
    System.arraycopy(memory, from + STARTS, sorted, 0, MOST);
    Arrays.sort(sorted);
    // NaN is behind all numbers.
    if (!Double.isNaN(sorted[MOST - 1])) {
      memory[from + LEARNED] = sorted[MOST / 2];
    }
  }
}
