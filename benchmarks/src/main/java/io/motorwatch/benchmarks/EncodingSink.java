package io.motorwatch.benchmarks;

import io.motorwatch.sink.influx.EncodedBytes;
import io.motorwatch.sink.influx.PointSerializer;
import java.io.Serial;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Encodes points with the encoder of the InfluxDB sink and throws the lines away: the sink without
 * its batches and requests.
 */
record EncodingSink<T>(PointSerializer<T> points) implements Sink<T> {

  @Serial private static final long serialVersionUID = 1L;

  /** Of all sinks that were closed since it was asked for last; Flink copies what they hold. */
  private static final LongAdder BYTES = new LongAdder();

  /** How many bytes of lines were encoded by the sinks closed since the last call. */
  static long takeBytes() {
    return BYTES.sumThenReset();
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    EncodedBytes encoded = new EncodedBytes();
    return new SinkWriter<>() {
      @Override
      public void write(T value, Context at) {
        points.serialize(value, encoded.writer());
      }

      @Override
      public void flush(boolean endOfInput) {
        // Nothing is held.
      }

      @Override
      public void close() {
        BYTES.add(encoded.count());
      }
    };
  }
}
