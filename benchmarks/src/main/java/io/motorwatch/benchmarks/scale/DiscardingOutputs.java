package io.motorwatch.benchmarks.scale;

import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.model.TimelineReading;
import java.io.Serial;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job's results go nowhere; its readings are counted. */
final class DiscardingOutputs {

  private DiscardingOutputs() {}

  static Outputs create() {
    return new Outputs(
        new CountingSink(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        new DiscardingSink<>());
  }

  private static final class CountingSink implements Sink<TimelineReading> {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<TimelineReading> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(TimelineReading reading, Context at) {
          Progress.arrived();
        }

        @Override
        public void flush(boolean endOfInput) {
          // Nothing is held.
        }

        @Override
        public void close() {
          // Nothing was opened.
        }
      };
    }
  }
}
