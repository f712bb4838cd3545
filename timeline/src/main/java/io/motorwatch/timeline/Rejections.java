package io.motorwatch.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.RejectionLimit;
import io.motorwatch.model.serialization.RejectionSerializer;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/**
 * What the timeline rejects: counted by reason, and reported in {@link TimelineFunction#REJECTED},
 * no more of a device in a minute than allowed. What was counted and not reported yet is part of a
 * checkpoint. For the task thread.
 */
final class Rejections {

  private static final Set<RejectReason> REASONS =
      Set.of(
          RejectReason.FUTURE,
          RejectReason.STALE,
          RejectReason.DUPLICATE,
          RejectReason.REPLAYED,
          RejectReason.MALFORMED);

  private final DeviceTopicTemplate topics;
  private final RejectionLimit limit;
  private final ListState<Rejection> unreported;
  private final RejectionCounters counters;

  Rejections(
      DeviceTopicTemplate topics, int perMinute, OperatorStateStore store, MetricGroup metrics)
      throws Exception {
    this.topics = topics;
    this.limit = new RejectionLimit(perMinute);
    // The name stands in savepoints.
    this.unreported =
        store.getListState(new ListStateDescriptor<>("untold", RejectionSerializer.INSTANCE));
    for (Rejection rejection : unreported.get()) {
      limit.restore(rejection);
    }
    this.counters = new RejectionCounters(metrics, REASONS);
  }

  void snapshot() throws Exception {
    unreported.update(limit.unreported());
  }

  /** Once a minute, reports how many more were rejected than reported. */
  void reportSums(long now, KeyedProcessFunction<?, ?, ?>.Context context) {
    if (limit.isDue(now)) {
      limit.sumUp(sum -> context.output(TimelineFunction.REJECTED, sum));
    }
  }

  void reject(
      RejectReason reason,
      Reading reading,
      String detail,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    String payload = ReadingJson.excerpt(reading);
    add(reason, reading.device(), "telemetry", detail, payload, reading.arrivedAt(), context);
  }

  /** An attribute of the nameplate cannot be used; the others are. */
  void rejectAttribute(
      DeviceId device,
      String detail,
      long arrivedAt,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    add(RejectReason.MALFORMED, device, "attributes", detail, "", arrivedAt, context);
  }

  private void add(
      RejectReason reason,
      DeviceId device,
      String level,
      String detail,
      String payload,
      long arrivedAt,
      KeyedProcessFunction<?, ?, ?>.Context context) {
    counters.of(reason).inc();
    Rejection rejection =
        new Rejection(
            reason,
            device.site(),
            device.device(),
            topics.topic(device, level),
            detail,
            payload,
            arrivedAt);
    if (limit.admits(rejection)) {
      context.output(TimelineFunction.REJECTED, rejection);
    }
  }
}
