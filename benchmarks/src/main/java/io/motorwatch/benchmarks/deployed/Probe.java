package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.StallingFleet;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.demo.ReadBack;
import io.motorwatch.tools.publish.OrderedPublisher;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two hundred motors that go on reporting while the job is away, of which ten a second complete an
 * alarm. Publishes on a thread of its own.
 */
final class Probe implements AutoCloseable {

  private static final String SITE = "probe";
  private static final int DEVICES = 200;
  private static final int RATE = 500;
  private static final int UNCONFIRMED = 5_000;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long POLL_MS = 5;

  private final AlertClock alerts;
  private final OrderedPublisher<StallingFleet.Message> publisher;
  private final Thread thread = new Thread(this::publish, "probe");
  private volatile boolean stopped;
  private volatile long sent;

  Probe(BrokerAddress broker) {
    alerts = new AlertClock(broker);
    publisher = new OrderedPublisher<>(broker, "probe", UNCONFIRMED, Load::publish, this::sent);
    thread.start();
  }

  private void sent(StallingFleet.Message message, long nanoTime) {
    if (message.completes()) {
      alerts.published(message.moment(), nanoTime);
    }
  }

  private void publish() {
    StallingFleet fleet = new StallingFleet(SITE, DEVICES);
    long start = System.nanoTime();
    try {
      for (long count = 0; !stopped; count++) {
        publisher.pauseUntil(start + count * 1_000_000_000L / RATE);
        publisher.send(fleet.next(System.currentTimeMillis()));
        sent = count + 1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the first alert of a reading published after a moment.
   *
   * @return when it came, System.nanoTime
   */
  long awaitFirstAfter(long nanoTime) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      var first = alerts.firstPublishedAfter(nanoTime);
      if (first.isPresent()) {
        return first.getAsLong();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    throw new TimeoutException("no alert within " + LIMIT);
  }

  /**
   * Ends publishing and waits until all of it has arrived.
   *
   * @throws IllegalStateException if readings are lost or doubled, or alerts missing or unasked for
   */
  void finish(String influxUrl) throws InterruptedException {
    stop();
    long end = System.nanoTime() + LIMIT.toNanos();
    try (ReadBack held = new ReadBack(influxUrl, SITE)) {
      while ((held.readings() < sent || alerts.outstanding() > 0) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20 * POLL_MS);
      }
      if (held.readings() != sent || alerts.outstanding() > 0) {
        throw new IllegalStateException(
            "lost or doubled: %d readings sent, %d in InfluxDB, %d alerts missing"
                .formatted(sent, held.readings(), alerts.outstanding()));
      }
    }
    alerts.take();
  }

  private void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    if (!publisher.flush(LIMIT)) {
      throw new IllegalStateException("the broker does not take what is published");
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    publisher.close();
    alerts.close();
  }
}
