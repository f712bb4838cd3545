package io.motorwatch.tools.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The metrics of the embedded cluster, readable in this process: by their last name, summed over
 * operators and subtasks. Flink creates reporters by class name, so what they know is static; safe
 * for any thread.
 */
public final class EmbeddedMetrics implements MetricReporter {

  private static final Map<Metric, String> METRICS = new ConcurrentHashMap<>();

  /** For {@code metrics.reporter.*.factory.class}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(java.util.Properties properties) {
      return new EmbeddedMetrics();
    }
  }

  /** The sum of all counters and numeric gauges of a name; 0 where there is none. */
  public static long sum(String name) {
    long sum = 0;
    for (Map.Entry<Metric, String> entry : METRICS.entrySet()) {
      if (entry.getValue().equals(name)) {
        sum += value(entry.getKey());
      }
    }
    return sum;
  }

  /** What a histogram of this name has seen last; of the first found, none where there is none. */
  public static Optional<HistogramStatistics> histogram(String name) {
    return METRICS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .filter(Histogram.class::isInstance)
        .map(metric -> ((Histogram) metric).getStatistics())
        .findFirst();
  }

  private static long value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
      return number.longValue();
    }
    return 0;
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to set up: metrics come by notification.
  }

  @Override
  public void close() {
    METRICS.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.put(metric, name);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.remove(metric);
  }
}
