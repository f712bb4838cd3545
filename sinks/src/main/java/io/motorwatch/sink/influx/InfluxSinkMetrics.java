package io.motorwatch.sink.influx;

import io.motorwatch.sink.influx.schema.Tiers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** The sink's metrics, by public names. Used by the task thread only. */
public final class InfluxSinkMetrics {

  /** Counters: points InfluxDB acknowledged, one for each tier, which is their label. */
  public static final String POINTS_WRITTEN = "pointsWritten";

  /** Counter: requests sent, repeated ones included. */
  public static final String REQUESTS = "requests";

  /** Counter: requests that have to be repeated because the server did not take them. */
  public static final String RETRIES = "retries";

  /** Counter: requests sent again in two halves, because of their size or a bad point. */
  public static final String SPLITS = "splits";

  /** Gauge: requests under way. */
  public static final String IN_FLIGHT = "inFlight";

  /** Gauge: points taken and not yet acknowledged. */
  public static final String UNACKNOWLEDGED = "unacknowledged";

  /** Histogram: milliseconds from sending a request to its answer. */
  public static final String WRITE_LATENCY = "writeLatency";

  /** Counter: points the database refused, kept as {@code rejected}. */
  public static final String DEAD_LETTERS = "deadLetters";

  /** Counters: points that are stored nowhere, one for each {@link Drop}, which is their label. */
  public static final String POINTS_DROPPED = "pointsDropped";

  private static final String REASON = "reason";
  private static final String TIER = "tier";

  /** Why a point is stored nowhere. */
  enum Drop {
    /** Older than the retention, known before sending. */
    BEYOND_RETENTION("beyond-retention"),
    /** Older than the retention, as the server said; its counts are a lower bound. */
    BEYOND_RETENTION_SERVER("beyond-retention-server"),
    /** A dead letter that was refused itself. */
    DEAD_LETTER_REFUSED("dead-letter-refused");

    private final String label;

    Drop(String label) {
      this.label = label;
    }
  }

  private static final int LATENCY_WINDOW = 2_000;

  final Counter requests;
  final Counter retries;
  final Counter splits;
  final Counter deadLetters;
  final Histogram latency;
  private final Counter recordsSent;
  private final Counter bytesSent;
  private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);
  private final Map<String, Counter> pointsWritten = new HashMap<>();
  private final SinkWriterMetricGroup group;

  /**
   * Registers all of them at once: a series that begins with its first event hides that event.
   *
   * @param tiers that points are expected for
   */
  InfluxSinkMetrics(SinkWriterMetricGroup group, Set<String> tiers) {
    this.group = group;
    tiers.forEach(this::pointsWritten);
    // Where dead letters go.
    pointsWritten(Tiers.EVENTS);
    requests = group.counter(REQUESTS);
    retries = group.counter(RETRIES);
    splits = group.counter(SPLITS);
    deadLetters = group.counter(DEAD_LETTERS);
    latency = group.histogram(WRITE_LATENCY, new DescriptiveStatisticsHistogram(LATENCY_WINDOW));
    recordsSent = group.getNumRecordsSendCounter();
    bytesSent = group.getNumBytesSendCounter();
    for (Drop drop : Drop.values()) {
      drops.put(drop, group.addGroup(REASON, drop.label).counter(POINTS_DROPPED));
    }
  }

  /** Of a tier; one that was not expected is registered now, rather than not counted. */
  Counter pointsWritten(String tier) {
    return pointsWritten.computeIfAbsent(
        tier, fresh -> group.addGroup(TIER, fresh).counter(POINTS_WRITTEN));
  }

  void written(LineBatch lines, long dropped) {
    long stored = Math.max(0, lines.count() - dropped);
    pointsWritten(lines.destination().tier()).inc(stored);
    recordsSent.inc(stored);
    bytesSent.inc(lines.byteCount());
  }

  void dropped(Drop cause, long points) {
    Counter counter = drops.get(cause);
    if (counter != null) {
      counter.inc(points);
    }
  }
}
