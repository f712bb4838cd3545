package io.motorwatch.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.RejectionLimit;
import io.motorwatch.model.TopicRoot;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what is refused, by reason, and makes rejections of it, no more of a device in a minute
 * than allowed. For the task thread.
 */
final class Refusals {

  private static final Set<RejectReason> REASONS =
      Set.of(
          RejectReason.FUTURE,
          RejectReason.STALE,
          RejectReason.DUPLICATE,
          RejectReason.REPLAYED,
          RejectReason.MALFORMED);

  private final TopicRoot topics;
  private final RejectionLimit limit;
  private final RejectionCounters counters;

  Refusals(TopicRoot topics, RejectionLimit limit, MetricGroup metrics) {
    this.topics = topics;
    this.limit = limit;
    this.counters = new RejectionCounters(metrics, REASONS);
  }

  void refuse(RejectReason reason, Reading reading, String detail, Consumer<Rejection> out) {
    refuse(
        reason,
        reading.device(),
        "telemetry",
        detail,
        ReadingJson.excerpt(reading),
        reading.arrivedAt(),
        out);
  }

  void refuse(
      RejectReason reason,
      DeviceId device,
      String level,
      String detail,
      String payload,
      long arrivedAt,
      Consumer<Rejection> out) {
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
      out.accept(rejection);
    }
  }
}
