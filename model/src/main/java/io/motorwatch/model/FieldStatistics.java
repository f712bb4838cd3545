package io.motorwatch.model;

/**
 * One field's readings within one window.
 *
 * @param count how many; at least 1
 * @param last the value with the newest device time
 * @param lastAt that device time, epoch milliseconds
 */
public record FieldStatistics(
    long count, double sum, double min, double max, double last, long lastAt) {

  public double mean() {
    return sum / count;
  }
}
