package io.motorwatch.tools.backtest;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Keeps what a job of this very process gives it, in memory, under a name: Flink hands a job a copy
 * of its sinks, so that they cannot share anything else.
 *
 * @param name of one run
 */
record CollectingSink<T>(String name) implements Sink<T> {

  private static final long serialVersionUID = 1L;
  private static final Map<String, Queue<Object>> SHELVES = new ConcurrentHashMap<>();

  /** What came, in the order of each subtask; forgets it. */
  @SuppressWarnings("unchecked") // Only our own writers put anything there.
  List<T> take() {
    Queue<Object> kept = SHELVES.remove(name);
    return kept == null ? List.of() : (List<T>) List.copyOf(kept);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Queue<Object> shelf = SHELVES.computeIfAbsent(name, n -> new ConcurrentLinkedQueue<>());
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context elementContext) {
        shelf.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
