package io.motorwatch.tools.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.tools.publish.TelemetryLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fleet over a real broker. */
class FleetPublisherITCase {

  private static final Duration FLUSH = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static Fleet fleet(int devices, long intervalMs, long durationMs) {
    return new Fleet(
        new FleetPlan(devices, 1, 1_710_000_000_000L, intervalMs, durationMs, List.of("s")));
  }

  private static CompletableFuture<FleetPublisher.Outcome> start(FleetPublisher publisher) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return publisher.run(FLUSH);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static List<String> expected(Fleet fleet) {
    List<String> lines = new ArrayList<>();
    fleet
        .readings()
        .forEachRemaining(
            reading ->
                lines.add(
                    "site/s/device/"
                        + reading.device().device()
                        + "/telemetry "
                        + new String(reading.json(), java.nio.charset.StandardCharsets.US_ASCII)));
    return lines;
  }

  private static List<String> telemetry(TelemetryLog log) {
    return log.lines().stream().filter(line -> line.contains("/telemetry ")).toList();
  }

  private static Map<String, List<String>> byDevice(Iterable<String> lines) {
    Map<String, List<String>> devices = new TreeMap<>();
    for (String line : lines) {
      devices
          .computeIfAbsent(line.substring(0, line.indexOf(' ')), device -> new ArrayList<>())
          .add(line);
    }
    return devices;
  }

  @Test
  void nameplatesAndStatusComeFirstThenEveryReadingOnceInOrder() throws Exception {
    Fleet fleet = fleet(3, 1000, 30_000);
    AtomicLong handed = new AtomicLong();
    try (LocalMosquitto broker = LocalMosquitto.start(folder);
        TelemetryLog log = new TelemetryLog(broker.uri());
        FleetPublisher publisher =
            new FleetPublisher(
                fleet,
                BrokerAddress.of(broker.uri()),
                100,
                (reading, nanoTime) -> handed.incrementAndGet())) {
      long begin = System.nanoTime();
      FleetPublisher.Outcome outcome = publisher.run(FLUSH);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofMillis(290), Duration.ofSeconds(10));
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.readings()).isEqualTo(fleet.readingsTotal()).isEqualTo(handed.get());
      assertThat(outcome.counts().unconfirmed()).isZero();
      assertThat(outcome.counts().confirmed()).isEqualTo(fleet.readingsTotal() + 6);
      await().until(() -> telemetry(log).size() == fleet.readingsTotal());
      assertThat(telemetry(log)).isEqualTo(expected(fleet));
      assertThat(log.lines().subList(0, 2))
          .containsExactly(
              "site/s/device/motor-1/attributes " + fleet.nameplates().get(0).json(),
              "site/s/device/motor-1/status {\"status\":\"online\"}");
    }
  }

  @Test
  void aBrokerThatRestartsTwiceLosesAndReordersNothing() throws Exception {
    Fleet fleet = fleet(20, 50, 60_000);
    AtomicLong handed = new AtomicLong();
    try (LocalMosquitto broker = LocalMosquitto.start(folder);
        TelemetryLog log = new TelemetryLog(broker.uri());
        FleetPublisher publisher =
            new FleetPublisher(
                fleet,
                BrokerAddress.of(broker.uri()),
                20,
                (reading, nanoTime) -> handed.incrementAndGet())) {
      CompletableFuture<FleetPublisher.Outcome> running = start(publisher);
      await().until(() -> handed.get() > 4_000);
      broker.restart();
      await().atMost(30, TimeUnit.SECONDS).until(() -> handed.get() > 12_000);
      broker.stop();
      await().until(() -> publisher.counts().unconfirmed() > 0);
      broker.restart();
      FleetPublisher.Outcome outcome = running.get(60, TimeUnit.SECONDS);
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.counts().unconfirmed()).isZero();
      assertThat(outcome.counts().connections()).isGreaterThanOrEqualTo(3);
      List<String> expected = expected(fleet);
      await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(
              () -> assertThat(new LinkedHashSet<>(telemetry(log))).hasSameSizeAs(expected));
      // Apart from repetitions each device's readings are there, in order.
      assertThat(byDevice(new LinkedHashSet<>(telemetry(log)))).isEqualTo(byDevice(expected));
    }
  }

  @Test
  void stoppingEndsSoonAndTellsThroughWhichTimeAllWasSent() throws Exception {
    Fleet fleet = fleet(5, 1000, 3_600_000);
    AtomicLong handed = new AtomicLong();
    try (LocalMosquitto broker = LocalMosquitto.start(folder);
        FleetPublisher publisher =
            new FleetPublisher(
                fleet,
                BrokerAddress.of(broker.uri()),
                10,
                (reading, nanoTime) -> handed.incrementAndGet())) {
      CompletableFuture<FleetPublisher.Outcome> running = start(publisher);
      await().until(() -> handed.get() > 20);
      publisher.stop();
      FleetPublisher.Outcome outcome = running.get(5, TimeUnit.SECONDS);
      assertThat(outcome.complete()).isFalse();
      assertThat(outcome.counts().unconfirmed()).isZero();
      List<SimulatedReading> sent = new ArrayList<>();
      fleet
          .readings()
          .forEachRemaining(
              reading -> {
                if (reading.timestamp() <= outcome.sentThrough()) {
                  sent.add(reading);
                }
              });
      assertThat(outcome.readings()).isEqualTo(sent.size());
    }
  }

  @Test
  void stoppingEndsSoonAlsoWithoutABroker() throws Exception {
    try (FleetPublisher publisher =
        new FleetPublisher(
            fleet(5, 1000, 3_600_000),
            BrokerAddress.of("tcp://127.0.0.1:1"),
            10,
            (reading, nanoTime) -> {})) {
      CompletableFuture<FleetPublisher.Outcome> running = start(publisher);
      await().until(() -> publisher.counts().problem() != null);
      publisher.stop();
      assertThat(running.get(5, TimeUnit.SECONDS).readings()).isZero();
    }
  }
}
