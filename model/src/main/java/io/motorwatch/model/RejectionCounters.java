package io.motorwatch.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters {@value #METRIC} of an operator, one for each reason, distinguished by the label
 * (Flink's user variable) {@value #LABEL}, whose value is the reason's code. For one thread.
 */
public final class RejectionCounters {

  public static final String METRIC = "rejected";
  public static final String LABEL = "reason";

  private final MetricGroup metrics;
  private final Map<RejectReason, Counter> counters = new EnumMap<>(RejectReason.class);

  /**
   * Registers them all at once: a series that begins with its first event hides that event.
   *
   * @param reasons all for which the operator rejects
   */
  public RejectionCounters(MetricGroup metrics, Set<RejectReason> reasons) {
    this.metrics = metrics;
    reasons.forEach(this::of);
  }

  /** The counter of a reason; one that was not registered is so now, rather than not counted. */
  public Counter of(RejectReason reason) {
    return counters.computeIfAbsent(
        reason, missing -> metrics.addGroup(LABEL, missing.code()).counter(METRIC));
  }
}
