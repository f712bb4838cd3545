package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Provisioning;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.jobs.topology.JobSettings;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import io.motorwatch.local.TcpProxy;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.tools.cluster.EmbeddedMetrics;
import io.motorwatch.tools.simulator.Fleet;
import io.motorwatch.tools.simulator.FleetPlan;
import io.motorwatch.tools.simulator.FleetPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same 200,000 readings: undisturbed, and in both ways of acknowledging while the task manager
 * is killed five times, the connections to the broker are cut five times and the broker is
 * restarted once, and while the job is rescaled. InfluxDB must hold the same points, to the last
 * one.
 */
class ExactlyOnceITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DEVICES = 100;
  private static final int SECONDS = 2_000;

  /** 15,000 readings a second. */
  private static final double SPEEDUP = 150;

  private static final String SITE = "faults";

  /** Of the points at which something fails; another one each time. */
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  @TempDir Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;
  private Path configFile;

  @BeforeEach
  void startServers() throws Exception {
    broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
    Path patterns = Path.of("../conf/patterns.yaml").toAbsolutePath();
    configFile =
        Files.writeString(folder.resolve("motorwatch.yaml"), "patterns: {file: " + patterns + "}");
  }

  @AfterEach
  void stopServers() {
    database.close();
    broker.close();
  }

  private MotorwatchConfig config(String name, String acknowledge, String brokerUri)
      throws Exception {
    List<String> overrides =
        List.of(
            "mqtt.uri=" + brokerUri,
            "mqtt.client-id-prefix=" + name,
            "mqtt.acknowledge=" + acknowledge,
            "influx.url=" + database.url(),
            "influx.database=" + name,
            "checkpoint.interval=500ms",
            "checkpoint.dir=checkpoints-" + name,
            "timeline.silent-after=3s");
    return ConfigLoader.load(configFile, overrides, Map.of());
  }

  private static MiniCluster startCluster() throws Exception {
    Configuration settings = new Configuration();
    settings.setString(
        "metrics.reporter.embedded.factory.class", EmbeddedMetrics.Factory.class.getName());
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(5)
                .build());
    cluster.start();
    return cluster;
  }

  private static JobID submit(
      MiniCluster cluster, MotorwatchConfig config, int parallelism, @Nullable String savepoint)
      throws Exception {
    Configuration restarts = new Configuration();
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    JobSettings.resumeFrom(restarts, savepoint);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(restarts);
    env.setParallelism(parallelism);
    Provisioning.run(config);
    ConfiguredJob.addTo(env, config, Branches.BOTH);
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** The job runs once each of its tasks does: its own status says so before. */
  private static void awaitRunning(MiniCluster cluster, JobID job) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
              return graph.getState() == JobStatus.RUNNING
                  && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                      .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
            });
  }

  /** Until then the broker holds nothing for the job: what is published is for nobody. */
  private static void awaitSubscribed() {
    await()
        .atMost(PATIENCE)
        .until(() -> EmbeddedMetrics.sum(MqttSourceMetrics.SUBSCRIBED_SESSIONS) == 1);
  }

  /** What happens to a job while its readings come. */
  @FunctionalInterface
  private interface Course {

    /**
     * Goes on until most readings are sent.
     *
     * @return the job that runs in the end
     */
    JobID run(Running running) throws Exception;
  }

  /** A job under way. */
  private record Running(
      MiniCluster cluster, JobID job, MotorwatchConfig config, TcpProxy proxy, AtomicLong sent) {

    void awaitSent(long readings) {
      await().atMost(PATIENCE).until(() -> sent.get() >= readings);
    }
  }

  /** Runs the fleet through the job. */
  private void run(String name, String acknowledge, Fleet fleet, Course course) throws Exception {
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        MiniCluster cluster = startCluster()) {
      MotorwatchConfig config = config(name, acknowledge, proxy.uri());
      JobID job = submit(cluster, config, 2, null);
      awaitSubscribed();
      AtomicLong sent = new AtomicLong();
      try (FleetPublisher publisher =
          new FleetPublisher(
              fleet,
              BrokerAddress.of(broker.uri()),
              SPEEDUP,
              (reading, nanos) -> sent.incrementAndGet())) {
        Thread publishing = new Thread(() -> publish(publisher));
        publishing.start();
        job = course.run(new Running(cluster, job, config, proxy, sent));
        publishing.join();
      }
      awaitEverything(name, fleet.readingsTotal());
      cluster.cancelJob(job).get();
    }
  }

  private static void publish(FleetPublisher publisher) {
    try {
      publisher.run(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JobID disturb(Running running, long total) throws Exception {
    MiniCluster cluster = running.cluster();
    Random random = new Random(SEED);
    for (int fault = 1; fault <= 11; fault++) {
      running.awaitSent((long) (total * (fault + random.nextDouble()) / 13));
      if (fault == 1) {
        running.proxy().cut();
      }
      if (fault == 6) {
        broker.stop();
        broker.restart();
      } else if (fault % 2 == 0) {
        running.proxy().cut();
      } else {
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        awaitRunning(cluster, running.job());
      }
    }
    long restartedAt =
        cluster.getExecutionGraph(running.job()).get().getStatusTimestamp(JobStatus.RESTARTING);
    assertThat(restartedAt).as("the job was restarted").isPositive();
    return running.job();
  }

  private static JobID rescale(Running running, long total) throws Exception {
    JobID job = running.job();
    int[] parallelism = {1, 2, 4, 2};
    for (int i = 0; i < parallelism.length; i++) {
      running.awaitSent(total * (i + 1) / 6);
      String savepoint =
          running
              .cluster()
              .stopWithSavepoint(
                  job,
                  running.config().checkpoint().dir().resolve("savepoints").toUri().toString(),
                  false,
                  SavepointFormatType.CANONICAL)
              .get();
      job = submit(running.cluster(), running.config(), parallelism[i], savepoint);
      awaitRunning(running.cluster(), job);
    }
    return job;
  }

  private void awaitEverything(String name, long readings) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(number(name, "SELECT count(current) FROM hot.telemetry"))
                  .as(name + ", seed " + SEED + ", rejected: " + rejected(name))
                  .isEqualTo(readings);
              for (String tier : List.of("warm", "cold", "archive")) {
                assertThat(
                        number(name, "SELECT sum(current_count) FROM " + tier + ".telemetry_agg"))
                    .as(name + ", seed " + SEED + ", " + tier)
                    .isEqualTo(readings);
              }
            });
  }

  /** Refused messages by reason: where a reading is missing, they say why. */
  private List<String> rejected(String name) {
    List<String> all =
        rows(name, "SELECT count(detail), first(detail) FROM events.rejected GROUP BY reason");
    return all;
  }

  private long number(String name, String query) {
    List<String> rows = rows(name, query);
    return rows.isEmpty() ? 0 : (long) Double.parseDouble(rows.get(0).replaceAll("^.*, |]$", ""));
  }

  private List<String> rows(String name, String query) {
    try (InfluxDB influx = InfluxDBFactory.connect(database.url())) {
      QueryResult result = influx.query(new Query(query, name));
      assertThat(result.hasError()).as(query + result.getError()).isFalse();
      List<String> rows = new ArrayList<>();
      for (QueryResult.Result part : result.getResults()) {
        if (part.getSeries() != null) {
          part.getSeries()
              .forEach(series -> series.getValues().forEach(row -> rows.add(row.toString())));
        }
      }
      return rows;
    }
  }

  @Test
  void whateverFailsTheDatabaseHoldsWhatARunWithoutFailuresHolds() throws Exception {
    long start = Instant.now().toEpochMilli() / 900_000 * 900_000 - SECONDS * 1000L - 900_000;
    Fleet fleet = new Fleet(new FleetPlan(DEVICES, 7, start, 1000, SECONDS * 1000L, List.of(SITE)));
    long total = fleet.readingsTotal();
    run("calm", "auto", fleet, Running::job);
    run("stormy", "checkpoint", fleet, running -> disturb(running, total));
    run("stormy_journal", "journal", fleet, running -> disturb(running, total));
    run("rescaled", "checkpoint", fleet, running -> rescale(running, total));
    run("rescaled_journal", "journal", fleet, running -> rescale(running, total));
    assertThat(fleet.truth()).hasSizeGreaterThan(100);
    for (int i = 0; i < DEVICES; i++) {
      String where = " WHERE device='" + fleet.plan().device(i).device() + "'";
      for (String from :
          List.of(
              "hot.telemetry",
              "warm.telemetry_agg",
              "cold.telemetry_agg",
              "archive.telemetry_agg",
              "events.alarm")) {
        String query = "SELECT * FROM " + from + where;
        List<String> calm = rows("calm", query);
        for (String other : List.of("stormy", "stormy_journal", "rescaled", "rescaled_journal")) {
          assertThat(rows(other, query)).as(other + ": " + query).isEqualTo(calm);
        }
      }
    }
    long transitions =
        rows(
                "stormy",
                "SELECT alarm_id FROM events.alarm WHERE state != 'ESCALATED'"
                    + " AND pattern =~ /^(overload|stall|locked-rotor-start)$/")
            .size();
    assertThat(transitions).isEqualTo(2L * fleet.truth().size());
  }
}
