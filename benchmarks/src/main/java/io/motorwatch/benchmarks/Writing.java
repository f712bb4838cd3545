package io.motorwatch.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes to InfluxDB by itself until it is closed. For one thread. */
interface Writing extends AutoCloseable {

  /** How many points InfluxDB has confirmed so far. */
  long answered();

  /** Completes if it ends before it is closed, which is a failure however it does. */
  Future<?> ended();

  /**
   * Lets it write.
   *
   * @throws IllegalStateException if it ends meanwhile; with its cause
   */
  default void goOn(Duration time) throws InterruptedException {
    try {
      ended().get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing more is written: " + e.getCause(), e.getCause());
    }
    throw new IllegalStateException("nothing more is written: it has ended by itself");
  }
}
