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

  /** Points a writer holds while the database keeps up: enough to keep the requests full. */
  int workingSet() {
    return (int) Math.min(maxUnacknowledged, 4L * batchSize * maxInFlight);
  }
}
