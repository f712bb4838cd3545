package io.motorwatch.timeline;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the timeline counts over all devices of a subtask.
 *
 * @param late readings older than their device's progress
 * @param lateOverall the same as an accumulator, which outlives the job
 * @param lost sequence numbers left out that have not come since
 * @param restarts devices whose sequence numbers started again
 * @param clocksSetBack clocks that were set back, and are accepted as they now are
 * @param forgotten devices that were silent for so long that their state was dropped
 */
record TimelineMetrics(
    Counter late,
    LongCounter lateOverall,
    Counter lost,
    Counter restarts,
    Counter clocksSetBack,
    Counter forgotten) {

  static TimelineMetrics register(RuntimeContext context) {
    MetricGroup group = context.getMetricGroup();
    LongCounter lateOverall = new LongCounter();
    context.addAccumulator(TimelineFunction.LATE_READINGS, lateOverall);
    return new TimelineMetrics(
        group.counter("lateReadings"),
        lateOverall,
        group.counter("lostReadings"),
        group.counter("deviceRestarts"),
        group.counter("clocksSetBack"),
        group.counter("devicesForgotten"));
  }

  void lateReading() {
    late.inc();
    lateOverall.add(1);
  }
}
