package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

/** Keeps counters and gauges to be asked by name. */
final class RecordedMetrics extends UnregisteredMetricsGroup {

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

  SourceReaderMetricGroup asSourceReaderGroup() {
    return InternalSourceReaderMetricGroup.mock(this);
  }

  long count(String name) {
    return counters.get(name).getCount();
  }

  /** How often there was this trouble: a counter with a label. */
  long problems(ConnectProblem.Kind kind) {
    return count(MqttSourceMetrics.PROBLEMS + "{kind=" + kind + "}");
  }

  Object gauge(String name) {
    return gauges.get(name).getValue();
  }

  @Override
  public MetricGroup addGroup(String name) {
    return this;
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new UnregisteredMetricsGroup() {
      @Override
      public <C extends Counter> C counter(String name, C counter) {
        return RecordedMetrics.this.counter(name + "{" + key + "=" + value + "}", counter);
      }
    };
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    counters.put(name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }
}
