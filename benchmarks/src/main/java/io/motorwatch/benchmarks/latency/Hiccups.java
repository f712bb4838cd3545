package io.motorwatch.benchmarks.latency;

import io.motorwatch.benchmarks.Latencies;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * What the machine and the Java machine add to whatever runs here: a thread that has nothing to do
 * but to wake up each millisecond, and how late it does so, by when it was due. Collections of
 * garbage and other programs that want the processors show here as they do in what is measured.
 */
final class Hiccups implements AutoCloseable {

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongStream.Builder late = LongStream.builder();
  private final Thread thread = new Thread(this::watch, "hiccups");

  private Hiccups() {
    thread.setDaemon(true);
    thread.start();
  }

  static Hiccups watching() {
    return new Hiccups();
  }

  private void watch() {
    long due = System.nanoTime();
    try {
      while (true) {
        due += EVERY_NANOS;
        long left = due - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
        late.add(Math.max(0, System.nanoTime() - due));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watch. */
  Latencies take() throws InterruptedException {
    close();
    thread.join();
    return Latencies.ofNanos(late.build().toArray());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
