package io.motorwatch.sink.influx;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to InfluxDB 1.x, 2.x and 3: at least once, and exactly once in effect where the
 * serializer's points are a pure function of the values, since a point written again replaces
 * itself.
 *
 * <pre>{@code
 * InfluxSink<Reading> sink =
 *     InfluxSink.<Reading>builder()
 *         .connection(InfluxConnection.of("http://127.0.0.1:8086", "plant"))
 *         .serializer(
 *             (reading, out) ->
 *                 out.begin("raw", "power").tag("line", reading.line()).field("watts", reading.watts())
 *                     .time(reading.at()))
 *         .build();
 * }</pre>
 *
 * <p><b>Checkpoints</b> hold the points InfluxDB has not acknowledged, and wait for nothing: they
 * go on while the database is away. The points of one subtask and destination arrive in the order
 * written, so that the last of several values of a point stays. (A change of parallelism while
 * points are unacknowledged is the exception: state may move to another subtask than the values'
 * own.)
 *
 * <p><b>Failures.</b> No answer, 429 and 5xx are repeated for as long as it takes, with backoff and
 * by the server's {@code Retry-After}. Requests that are too large or hold a point the database
 * refuses are halved until that point is alone; it becomes a point of measurement {@code rejected}
 * in tier {@code events}. 401, 403 and 404, and any other answer no repetition can change, fail the
 * job with a message that says what to check; nothing is lost by it.
 *
 * <p>Requests are compressed, but for a server on this machine.
 *
 * <p>Metrics: {@link InfluxSinkMetrics}.
 *
 * @param <T> the input
 */
public final class InfluxSink<T> implements Sink<T>, SupportsWriterState<T, LineBatch> {

  private static final long serialVersionUID = 1L;

  private final InfluxConnection connection;
  private final PointSerializer<T> serializer;
  private final InfluxSinkOptions options;

  private InfluxSink(
      InfluxConnection connection, PointSerializer<T> serializer, InfluxSinkOptions options) {
    this.connection = connection;
    this.serializer = serializer;
    this.options = options;
  }

  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  InfluxConnection connection() {
    return connection;
  }

  PointSerializer<T> serializer() {
    return serializer;
  }

  InfluxSinkOptions options() {
    return options;
  }

  /**
   * For Flink.
   *
   * @throws IOException if a TLS file cannot be read; an absent server is no error here
   */
  @Override
  public StatefulSinkWriter<T, LineBatch> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, LineBatch> restoreWriter(
      WriterInitContext context, Collection<LineBatch> recovered) throws IOException {
    return new InfluxWriter<>(this, DetectingEndpoint.open(connection), context, recovered);
  }

  @Override
  public SimpleVersionedSerializer<LineBatch> getWriterStateSerializer() {
    return new LinesSerializer();
  }

  /** Collects a sink's settings; {@link #connection} and {@link #serializer} are required. */
  public static final class Builder<T> {

    private @Nullable InfluxConnection connection;
    private @Nullable PointSerializer<T> serializer;
    private int batchSize = 5_000;
    private int batchBytes = 4 << 20;
    private Duration flushInterval = Duration.ofMillis(100);
    private int maxInFlight = 4;
    private int maxUnacknowledged = 500_000;
    private long maxUnacknowledgedBytes = 128L << 20;

    private Builder() {}

    public Builder<T> connection(InfluxConnection newConnection) {
      connection = newConnection;
      return this;
    }

    public Builder<T> serializer(PointSerializer<T> newSerializer) {
      serializer = newSerializer;
      return this;
    }

    /** Points a request holds at most; default 5,000, as InfluxDB advises. */
    public Builder<T> batchSize(int points) {
      batchSize = points;
      return this;
    }

    /** Bytes a request holds at most, before compression; default 4 MiB. */
    public Builder<T> batchBytes(int bytes) {
      batchBytes = bytes;
      return this;
    }

    /** How long a point waits for others at most; at least 1 ms, default 100 ms. */
    public Builder<T> flushInterval(Duration interval) {
      flushInterval = interval;
      return this;
    }

    /** Requests under way at a time per subtask (one per tier and precision); default 4. */
    public Builder<T> maxInFlight(int requests) {
      maxInFlight = requests;
      return this;
    }

    /**
     * Points a subtask holds while the database is away; default 500,000, about 50 MB. Beyond, it
     * takes one value each 20 ms, so that checkpoints still pass; at twice the number it stops.
     * While the database keeps up, a subtask holds four times the requests under way at most.
     */
    public Builder<T> maxUnacknowledged(int points) {
      maxUnacknowledged = points;
      return this;
    }

    /** The same limit in encoded bytes; default 128 MiB. Whichever is reached first counts. */
    public Builder<T> maxUnacknowledgedBytes(long bytes) {
      maxUnacknowledgedBytes = bytes;
      return this;
    }

    /**
     * The sink.
     *
     * @throws NullPointerException without connection or serializer
     * @throws IllegalArgumentException if a number is not positive
     */
    public InfluxSink<T> build() {
      return new InfluxSink<>(
          Objects.requireNonNull(connection, "connection"),
          Objects.requireNonNull(serializer, "serializer"),
          new InfluxSinkOptions(
              batchSize,
              batchBytes,
              flushInterval,
              maxInFlight,
              maxUnacknowledged,
              maxUnacknowledgedBytes));
    }
  }
}
