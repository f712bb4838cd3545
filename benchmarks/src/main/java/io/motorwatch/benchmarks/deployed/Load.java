package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.StallingFleet;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.tools.demo.ReadBack;
import io.motorwatch.tools.publish.OrderedPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Publishes readings at a rate and looks whether all of them arrive. For one thread. */
final class Load implements AutoCloseable {

  private static final int UNCONFIRMED = 5_000;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);
  private static final long POLL_MS = 50;
  private static final long PAUSE_NANOS = 1_000_000;

  private final Installation installation;
  private final AlertClock alerts;
  private final int devices;
  private int trials;

  Load(Installation installation, int devices) {
    this.installation = installation;
    this.devices = devices;
    this.alerts = new AlertClock(installation.broker());
  }

  /**
   * Makes the devices known to the job, at a rate that is easily held.
   *
   * @return the readings sent
   */
  long fill(int readingsEach, int rate) throws InterruptedException {
    int seconds = Math.max(1, (int) Math.ceil((double) devices * readingsEach / rate));
    return run(Math.max(1, devices * readingsEach / seconds), seconds).sent();
  }

  /**
   * Sends for some seconds, then waits until everything has arrived, however long it was queued.
   *
   * @throws IllegalStateException if a reading is lost, doubled or refused, or an alert missing
   */
  Trial run(int rate, int seconds) throws InterruptedException {
    // Devices of their own for each trial, so that its points can be counted.
    String site = "trial-" + ++trials;
    Map<Role, Double> before = installation.cpuSeconds();
    long messages = (long) rate * seconds;
    try (OrderedPublisher<StallingFleet.Message> publisher =
        new OrderedPublisher<>(
            installation.broker(), "generator-" + trials, UNCONFIRMED, Load::publish, this::sent)) {
      long start = System.nanoTime();
      publishAll(publisher, new StallingFleet(site, devices), messages, start, rate);
      if (!publisher.flush(DRAIN_LIMIT)) {
        throw new IllegalStateException("the broker does not take what is published");
      }
      long confirmed = System.nanoTime();
      long arrived = awaitAll(site, messages);
      Map<Role, Double> spent = Trial.between(before, installation.cpuSeconds());
      double behind = Math.max(0, (confirmed - start) / 1e6 - 1000.0 * seconds);
      return new Trial(rate, messages, behind, (arrived - confirmed) / 1e6, alerts.take(), spent);
    }
  }

  /** As devices publish their readings. */
  static OutgoingMessage publish(StallingFleet.Message message) {
    return new OutgoingMessage(message.topic(), message.payload(), 1, false);
  }

  private void sent(StallingFleet.Message message, long nanoTime) {
    if (message.completes()) {
      alerts.published(message.moment(), nanoTime);
    }
  }

  private static void publishAll(
      OrderedPublisher<StallingFleet.Message> publisher,
      StallingFleet fleet,
      long messages,
      long start,
      int rate)
      throws InterruptedException {
    for (long i = 0; i < messages; i++) {
      long due = start + (long) (i * 1e9 / rate);
      if (due - System.nanoTime() > PAUSE_NANOS) {
        publisher.pauseUntil(due);
      }
      publisher.send(fleet.next(System.currentTimeMillis()));
    }
  }

  /** Returns System.nanoTime of when the last reading was seen in InfluxDB, or the last alert. */
  private long awaitAll(String site, long messages) throws InterruptedException {
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    try (ReadBack held = new ReadBack(installation.influxUrl(), site)) {
      long readings = held.readings();
      while (readings < messages && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
        readings = held.readings();
      }
      long arrived = System.nanoTime();
      if (readings != messages) {
        throw new IllegalStateException(
            "lost or doubled: " + messages + " readings sent, " + readings + " in InfluxDB");
      }
      while (alerts.outstanding() > 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
      if (alerts.outstanding() > 0) {
        throw new IllegalStateException(alerts.outstanding() + " alerts never came");
      }
      if (held.rejected() > 0) {
        throw new IllegalStateException(held.rejected() + " readings were rejected");
      }
      return Math.max(arrived, alerts.lastAt());
    }
  }

  @Override
  public void close() {
    alerts.close();
  }
}
