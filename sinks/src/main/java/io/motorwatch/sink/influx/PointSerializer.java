package io.motorwatch.sink.influx;

import java.io.Serializable;
import java.util.Set;

/**
 * Turns a value into zero or more points. Must be a pure function of the value (and its own
 * configuration) where repeating a value after a failure is to leave the database unchanged.
 *
 * @param <T> the sink's input
 */
@FunctionalInterface
public interface PointSerializer<T> extends Serializable {

  /** Writes the value's points; called by the sink's task thread only. */
  void serialize(T value, PointWriter out);

  /**
   * The tiers it writes to, so that the sink has a counter for each from the start. A tier that is
   * not among them gets its own with its first points.
   */
  default Set<String> tiers() {
    return Set.of();
  }
}
