package io.motorwatch.benchmarks.scale;

import io.motorwatch.benchmarks.Cost;
import io.motorwatch.benchmarks.SyntheticFleet;
import io.motorwatch.source.mqtt.MqttMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a job in this process has been given and has done. One job at a time, found by static
 * reference, as Flink copies what operators hold. The source counts into it, as does the sink of
 * the readings.
 */
final class Progress {

  private static volatile Progress current = new Progress(0, Long.MAX_VALUE);

  private final long measureFrom;
  private final long measureTo;
  private final LongAdder arrived = new LongAdder();
  private final CountDownLatch measured = new CountDownLatch(1);
  private volatile Cost.@Nullable Meter meter;
  private volatile Cost cost = Cost.MAXIMUM;

  private Progress(long measureFrom, long measureTo) {
    this.measureFrom = measureFrom;
    this.measureTo = measureTo;
  }

  /**
   * Starts again.
   *
   * @param measureFrom index of the first message of the measured stretch
   * @param measureTo index of the first one after it; from there on messages come a few hundred a
   *     second
   */
  static Progress begin(long measureFrom, long measureTo) {
    current = new Progress(measureFrom, measureTo);
    return current;
  }

  /**
   * A message for Flink's source. Between the two ends of the measured stretch as many readings
   * have gone through the job, since at both its buffers are full.
   */
  static MqttMessage next(SyntheticFleet fleet, long index) throws InterruptedException {
    current.given(index);
    return fleet.message(index);
  }

  private void given(long index) throws InterruptedException {
    if (index == measureFrom) {
      meter = Cost.start();
    } else if (index >= measureTo) {
      Cost.Meter running = meter;
      if (index == measureTo && running != null) {
        cost = running.stop();
        measured.countDown();
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** A reading has gone through. */
  static void arrived() {
    current.arrived.increment();
  }

  /** Waits for the end of the measured stretch. */
  Cost awaitCost(Duration limit) throws InterruptedException, TimeoutException {
    if (!measured.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(arrived.sum() + " readings within " + limit);
    }
    return cost;
  }

  /** Waits until so many readings have gone through. */
  void awaitArrived(long readings, Duration limit) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + limit.toNanos();
    while (arrived.sum() < readings) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(arrived.sum() + " of " + readings + " readings within " + limit);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
