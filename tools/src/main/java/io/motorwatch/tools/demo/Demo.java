package io.motorwatch.tools.demo;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Provisioning;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.sink.influx.InfluxSinkMetrics;
import io.motorwatch.tools.cluster.EmbeddedJob;
import io.motorwatch.tools.cluster.EmbeddedMetrics;
import io.motorwatch.tools.simulator.Fleet;
import io.motorwatch.tools.simulator.FleetPlan;
import io.motorwatch.tools.simulator.FleetPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the main job on private servers, drives it with the simulator, and compares what InfluxDB
 * holds in the end with what the simulator knows must be there.
 */
final class Demo {

  static final String SITE = "demo";

  private static final Duration FLUSH_LIMIT = Duration.ofMinutes(1);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final long POLL_MS = 250;

  private final DemoServers servers;
  private final DemoOptions options;
  private final Screen screen;
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();

  Demo(DemoServers servers, DemoOptions options, Screen screen) {
    this.servers = servers;
    this.options = options;
    this.screen = screen;
  }

  /**
   * The whole of it; the job is stopped in the end unless it is to be kept.
   *
   * @return whether all agreed
   */
  boolean run() throws Exception {
    Path config = servers.writeConfig(options.patterns());
    MotorwatchConfig loaded = ConfigLoader.load(config, List.of(), Map.of());
    Provisioning.run(loaded);
    screen.line("Broker      " + servers.brokerUri());
    screen.line("InfluxDB    " + servers.databaseUrl() + "  database motorwatch");
    EmbeddedJob job = EmbeddedJob.start(loaded, 1, false);
    servers.usedBy(job);
    if (!job.awaitReady(screen::line)) {
      job.await(screen::line);
      return false;
    }
    screen.line("Flink       " + job.webUi());
    Fleet fleet = fleet();
    screen.line(
        "%,d motors, %,d readings, %d alarms to be found; device time runs %s times as fast as ours"
            .formatted(
                options.devices(),
                fleet.readingsTotal(),
                fleet.truth().size(),
                number(options.speedup())));
    screen.line("");
    boolean agreed = drive(fleet, loaded);
    screen.line("");
    if (options.keep()) {
      whatIsKept(job);
      job.await(screen::line);
    }
    job.stop(STOP_LIMIT);
    if (!options.keep()) {
      screen.line("The private broker, InfluxDB and their data are gone with this demo.");
      screen.line("To look around in them: ./motorwatch demo --keep");
    }
    return agreed;
  }

  private void whatIsKept(EmbeddedJob job) {
    screen.line("Everything is kept running, data included, until Ctrl-C:");
    screen.line("  MQTT        " + servers.brokerUri());
    screen.line("  InfluxDB    " + servers.databaseUrl() + " (no log-in)");
    screen.line("  Flink       " + job.webUi());
    screen.line("  data        " + servers.folder());
    screen.line("Try, in another terminal:");
    // In lines that can be copied from a narrow terminal too.
    screen.line("  curl -sG '%s/query?db=motorwatch' \\".formatted(servers.databaseUrl()));
    screen.line("    --data-urlencode 'q=SELECT * FROM events.alarm LIMIT 5'");
    screen.line(
        "  mosquitto_sub -p %s -v -t 'site/+/device/+/alert'"
            .formatted(servers.brokerUri().replaceAll(".*:", "")));
    screen.line("  ./motorwatch simulate --site demo \\");
    screen.line("    --broker " + servers.brokerUri());
    screen.line("Dashboards: docker compose --profile demo up, or the files");
    screen.line("in grafana/ for a Grafana of yours.");
  }

  /** A fleet whose clocks reach the present when it ends. */
  private Fleet fleet() {
    long durationMs = (long) (options.seconds() * 1000.0 * options.speedup());
    long startAt = Instant.now().toEpochMilli() - durationMs + options.seconds() * 1000L;
    return new Fleet(
        new FleetPlan(
            options.devices(),
            options.seed(),
            startAt,
            options.intervalMs(),
            durationMs,
            List.of(SITE)));
  }

  private boolean drive(Fleet fleet, MotorwatchConfig config) throws Exception {
    BrokerAddress broker = config.mqtt().broker();
    Latencies latencies = new Latencies(fleet.truth());
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    try (AlertWatch watch = AlertWatch.open(broker, alert -> hear(alert, latencies));
        FleetPublisher publisher =
            new FleetPublisher(
                fleet,
                broker,
                options.speedup(),
                (reading, nanos) -> {
                  sent.incrementAndGet();
                  latencies.published(reading.device().device(), reading.timestamp(), nanos);
                })) {
      Progress progress = new Progress(fleet.readingsTotal());
      long every = options.terminal() ? 1 : 5;
      ScheduledFuture<?> unused =
          ticker.scheduleAtFixedRate(
              () -> screen.progress(progress.line()), every, every, TimeUnit.SECONDS);
      FleetPublisher.Outcome outcome = publisher.run(FLUSH_LIMIT);
      DemoSummary summary;
      try (ReadBack held = new ReadBack(servers.databaseUrl(), SITE)) {
        settle(fleet, held);
        ticker.shutdownNow();
        screen.endProgress();
        summary = DemoSummary.of(fleet, outcome, held, latencies);
      }
      summary.lines().forEach(screen::line);
      return summary.agrees();
    } finally {
      ticker.shutdownNow();
    }
  }

  private void hear(AlertWatch.Alert alert, Latencies latencies) {
    latencies.arrived(alert);
    String key = alert.device() + "/" + alert.pattern();
    if (alert.state().equals("CLEARED")) {
      open.remove(key);
    } else {
      open.add(key);
    }
    screen.alert(alert);
  }

  /** Waits until InfluxDB has everything, or has got nothing more for a good while. */
  private static void settle(Fleet fleet, ReadBack held) throws InterruptedException {
    long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (System.nanoTime() < end && !settled(fleet, held)) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private static boolean settled(Fleet fleet, ReadBack held) {
    return held.readings() >= fleet.readingsTotal()
        && held.readingsIn("archive") >= fleet.readingsTotal()
        && AlarmComparison.of(fleet.truth(), held.alarms()).agrees();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** The progress line, with rates since the line before. For one thread. */
  private final class Progress {

    private final long total;
    private long lastSent;
    private long lastNanos = System.nanoTime();

    Progress(long total) {
      this.total = total;
    }

    String line() {
      long now = System.nanoTime();
      long count = sent.get();
      double perSecond = (count - lastSent) * 1e9 / Math.max(1, now - lastNanos);
      lastSent = count;
      lastNanos = now;
      return "%3d %%  %,7.0f msg/s  %,d devices  %,d points written  %d alarms open"
          .formatted(
              Math.min(100, 100 * count / Math.max(1, total)),
              perSecond,
              options.devices(),
              EmbeddedMetrics.sum(InfluxSinkMetrics.POINTS_WRITTEN),
              open.size());
    }
  }
}
