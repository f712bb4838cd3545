package io.motorwatch.model;

import java.util.List;

/**
 * One field's readings within one window.
 *
 * @param count how many; at least 1
 * @param last the value with the newest device time
 * @param lastAt that device time, epoch milliseconds
 * @param further what the tier is configured to have beside these, in a stable order
 */
public record FieldStatistics(
    long count,
    double sum,
    double min,
    double max,
    double last,
    long lastAt,
    List<Further> further) {

  /**
   * A statistic of its own name.
   *
   * @param suffix of the field's name, underscore included: {@code _p95}
   */
  public record Further(String suffix, double value) {}

  public FieldStatistics {
    further = List.copyOf(further);
  }

  /** The usual ones only. */
  public FieldStatistics(long count, double sum, double min, double max, double last, long lastAt) {
    this(count, sum, min, max, last, lastAt, List.of());
  }

  public double mean() {
    return sum / count;
  }
}
