package io.motorwatch.tools.history;

import io.motorwatch.model.TimelineEvent;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands what a timeline emits to somebody in this process, in the task's thread. Found by its name,
 * since Flink hands a job copies of its sinks.
 */
public final class TimelineTap implements AutoCloseable {

  private static final Map<String, Taker> TAKERS = new ConcurrentHashMap<>();

  private final String name = "tap " + UUID.randomUUID();

  /** Takes what comes. */
  @FunctionalInterface
  public interface Taker {
    void take(TimelineEvent event) throws Exception;
  }

  private TimelineTap(Taker taker) {
    TAKERS.put(name, taker);
  }

  public static TimelineTap to(Taker taker) {
    return new TimelineTap(taker);
  }

  /** Where the events go in a job. */
  public Sink<TimelineEvent> sink() {
    return new TapSink(name);
  }

  @Override
  public void close() {
    TAKERS.remove(name);
  }

  private record TapSink(String name) implements Sink<TimelineEvent> {

    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<TimelineEvent> createWriter(WriterInitContext context) {
      Taker taker = TAKERS.get(name);
      if (taker == null) {
        throw new IllegalStateException("no " + name + " in this process");
      }
      return new SinkWriter<>() {
        @Override
        public void write(TimelineEvent event, Context elementContext) {
          try {
            taker.take(event);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
