package io.motorwatch.tools.endtoend;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Takes elements and forgets them; fails the job some times, each after so many elements and not
 * before a checkpoint can be restored. Counts in statics: one at a time in a process.
 */
final class FailingSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final AtomicLong ELEMENTS = new AtomicLong();

  private final int failures;
  private final long each;

  /**
   * @param each elements between failures
   */
  FailingSink(int failures, long each) {
    this.failures = failures;
    this.each = each;
    FAILURES.set(0);
    ELEMENTS.set(0);
  }

  static int failed() {
    return FAILURES.get();
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer();
  }

  private final class Writer implements SinkWriter<T> {

    private int checkpoints;

    @Override
    public void write(T element, Context context) {
      long taken = ELEMENTS.incrementAndGet();
      int failed = FAILURES.get();
      // With one checkpoint at a time the second begins once the first is complete.
      if (checkpoints > 1
          && taken > each * (failed + 1)
          && failed < failures
          && FAILURES.compareAndSet(failed, failed + 1)) {
        throw new IllegalStateException("failure " + (failed + 1) + ", on purpose");
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      checkpoints++;
    }

    @Override
    public void close() {}
  }
}
