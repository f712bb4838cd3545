package io.motorwatch.sink.mqtt;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** The sink's metrics, by public names. Used by the task thread only. */
public final class MqttSinkMetrics {

  /** Counter: messages the broker confirmed (QoS 0: that were sent). */
  public static final String ALERTS_PUBLISHED = "alertsPublished";

  /** Counter: messages the broker or the protocol refuses for good; logged, and given up. */
  public static final String ALERTS_REFUSED = "alertsRefused";

  /** Counter: connections lost or not made. */
  public static final String CONNECTION_FAILURES = "mqttConnectionFailures";

  /** Gauge: messages taken and not yet confirmed. */
  public static final String UNCONFIRMED = "unconfirmed";

  final Counter published;
  final Counter refused;
  final Counter connectionFailures;

  MqttSinkMetrics(SinkWriterMetricGroup group) {
    published = group.counter(ALERTS_PUBLISHED);
    refused = group.counter(ALERTS_REFUSED);
    connectionFailures = group.counter(CONNECTION_FAILURES);
  }
}
