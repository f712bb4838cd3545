package io.motorwatch.tools.endtoend;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Gives each element to a callback that is static in this process. */
record CallbackSink<T>(Listener<T> listener) implements Sink<T> {

  private static final long serialVersionUID = 1L;

  /** Called by every subtask, at once. */
  interface Listener<T> extends Consumer<T>, Serializable {}

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context elementContext) {
        listener.accept(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
