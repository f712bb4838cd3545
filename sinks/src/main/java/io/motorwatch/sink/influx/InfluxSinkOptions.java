package io.motorwatch.sink.influx;

import java.io.Serializable;
import java.time.Duration;

/** How a writer batches and what it holds; see the builder of {@link InfluxSink} for each. */
record InfluxSinkOptions(
    int batchSize,
    int batchBytes,
    Duration flushInterval,
    int maxInFlight,
    int maxUnacknowledged,
    long maxUnacknowledgedBytes)
    implements Serializable {

  static final InfluxSinkOptions DEFAULT =
      new InfluxSinkOptions(5_000, 4 << 20, Duration.ofMillis(100), 4, 500_000, 128L << 20);

  InfluxSinkOptions {
    positive(batchSize, "batchSize");
    positive(batchBytes, "batchBytes");
    positive(flushInterval.toMillis(), "flushInterval");
    positive(maxInFlight, "maxInFlight");
    positive(maxUnacknowledged, "maxUnacknowledged");
    positive(maxUnacknowledgedBytes, "maxUnacknowledgedBytes");
  }

  private static void positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }

  InfluxSinkOptions withBatchSize(int points) {
    return new InfluxSinkOptions(
        points, batchBytes, flushInterval, maxInFlight, maxUnacknowledged, maxUnacknowledgedBytes);
  }

  InfluxSinkOptions withBatchBytes(int bytes) {
    return new InfluxSinkOptions(
        batchSize, bytes, flushInterval, maxInFlight, maxUnacknowledged, maxUnacknowledgedBytes);
  }

  InfluxSinkOptions withFlushInterval(Duration interval) {
    return new InfluxSinkOptions(
        batchSize, batchBytes, interval, maxInFlight, maxUnacknowledged, maxUnacknowledgedBytes);
  }

  InfluxSinkOptions withMaxInFlight(int requests) {
    return new InfluxSinkOptions(
        batchSize, batchBytes, flushInterval, requests, maxUnacknowledged, maxUnacknowledgedBytes);
  }

  InfluxSinkOptions withMaxUnacknowledged(int points) {
    return new InfluxSinkOptions(
        batchSize, batchBytes, flushInterval, maxInFlight, points, maxUnacknowledgedBytes);
  }

  InfluxSinkOptions withMaxUnacknowledgedBytes(long bytes) {
    return new InfluxSinkOptions(
        batchSize, batchBytes, flushInterval, maxInFlight, maxUnacknowledged, bytes);
  }

  /** Points a writer holds while the database keeps up: enough to keep the requests full. */
  int workingSet() {
    return (int) Math.min(maxUnacknowledged, 4L * batchSize * maxInFlight);
  }
}
