package io.motorwatch.timeline;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the timeline counts over all devices of a subtask.
 *
 * @param late readings older than their device's progress
 * @param lost sequence numbers left out and not come since
 * @param restarts devices that began to count anew
 * @param clocksSetBack clocks that were set back and are believed again
 * @param forgotten devices not heard of for so long that nothing is kept of them
 */
record TimelineMetrics(
    Counter late, Counter lost, Counter restarts, Counter clocksSetBack, Counter forgotten) {

  TimelineMetrics(MetricGroup group) {
    this(
        group.counter("lateReadings"),
        group.counter("lostReadings"),
        group.counter("deviceRestarts"),
        group.counter("clocksSetBack"),
        group.counter("devicesForgotten"));
  }
}
