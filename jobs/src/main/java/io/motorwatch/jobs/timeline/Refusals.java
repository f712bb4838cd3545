package io.motorwatch.jobs.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionLimit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what is refused, by reason, and makes rejections of it, no more of a device in a minute
 * than allowed. For the task thread.
 */
final class Refusals {

  private final String topicRoot;
  private final RejectionLimit limit;
  private final Map<RejectReason, Counter> counters = new EnumMap<>(RejectReason.class);

  /**
   * @param topicRoot template of a device's topics; empty where there are several
   */
  Refusals(String topicRoot, RejectionLimit limit, MetricGroup metrics) {
    this.topicRoot = topicRoot;
    this.limit = limit;
    MetricGroup reasons = metrics.addGroup("rejected");
    for (RejectReason reason : RejectReason.values()) {
      counters.put(reason, reasons.counter(reason.code()));
    }
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
    counters.get(reason).inc();
    Rejection rejection =
        new Rejection(
            reason,
            device.site(),
            device.device(),
            topic(device, level),
            detail,
            payload,
            arrivedAt);
    if (limit.admits(rejection)) {
      out.accept(rejection);
    }
  }

  private String topic(DeviceId device, String level) {
    if (topicRoot.isEmpty()) {
      return "";
    }
    return topicRoot.replace("{site}", device.site()).replace("{device}", device.device())
        + "/"
        + level;
  }
}
