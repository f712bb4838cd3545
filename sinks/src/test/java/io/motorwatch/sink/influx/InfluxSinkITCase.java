package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.sink.FailOnce;
import io.motorwatch.sink.TestJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink in a job, against a real InfluxDB of each generation that goes away and comes back. */
@ParameterizedClass
@EnumSource(
    value = InfluxApi.class,
    names = {"V1", "V2"})
@Timeout(150)
class InfluxSinkITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long COUNT = 10_000;

  @Parameter InfluxApi api;
  @TempDir Path folder;
  private RealDatabase server;

  @BeforeEach
  void start() throws Exception {
    FailOnce.disarm();
    server = RealDatabase.start(api, folder);
    InfluxProvisioner.provision(
        connection(), List.of(Retention.unlimited("hot"), Retention.unlimited("events")));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private InfluxConnection connection() {
    return server.connection("numbers");
  }

  private InfluxSink<Long> sink(PointSerializer<Long> serializer) {
    return builder().serializer(serializer).build();
  }

  private InfluxSink.Builder<Long> builder() {
    return InfluxSink.<Long>builder()
        .connection(connection())
        .serializer(InfluxSinkITCase::point)
        .batchSize(500)
        .flushInterval(Duration.ofMillis(50));
  }

  private static void point(long number, PointWriter out) {
    out.begin("hot", "m").tag("lane", "l" + number % 7).field("n", number).time(number);
  }

  private Map<String, Object> summary() {
    try (InfluxQueries queries = new InfluxQueries(connection())) {
      return queries.row("SELECT count(n), sum(n), min(n), max(n) FROM hot.m");
    }
  }

  private long stored() {
    try (InfluxQueries queries = new InfluxQueries(connection())) {
      List<Map<String, Object>> rows = queries.rows("SELECT count(n) FROM hot.m");
      return rows.isEmpty() ? 0 : ((Double) rows.get(0).get("count")).longValue();
    }
  }

  private void assertAllStored() {
    assertThat(summary())
        .containsEntry("count", (double) COUNT)
        .containsEntry("sum", COUNT * (COUNT - 1) / 2.0)
        .containsEntry("min", 0.0)
        .containsEntry("max", COUNT - 1.0);
  }

  @Test
  void shouldCheckpointThroughAnOutageAndLoseNothing(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    TestJob job = TestJob.start(cluster, sink(InfluxSinkITCase::point), COUNT, 2_500);
    await().until(() -> stored() > 0);
    server.stop();
    long before = job.checkpoints();
    await().atMost(Duration.ofSeconds(20)).until(() -> job.checkpoints() >= before + 5);
    server.restart();
    job.awaitEnd();
    assertAllStored();
  }

  @Test
  void shouldHoldTheJobUpAndNotItsCheckpointsThroughAMinuteWithoutTheDatabase(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    long count = 200_000;
    int limit = 5_000;
    InfluxSink<Long> sink = builder().maxUnacknowledged(limit).build();
    TestJob job = TestJob.startUnaligned(cluster, sink, count, 2_500);
    await().until(() -> stored() > 0);
    server.stop();
    long before = job.checkpoints();
    await()
        .pollDelay(Duration.ofMinutes(1))
        .atMost(Duration.ofSeconds(70))
        .until(() -> job.checkpoints() >= before + 100);
    // Of the 150,000 that have come due, no more than the limits of sink and network let through.
    assertThat(FailOnce.passed()).isBetween((long) limit, 40_000L);
    server.restart();
    await().atMost(Duration.ofSeconds(60)).until(() -> FailOnce.passed() >= 60_000);
    job.cancel();
    // The database may still be taking in the last request; a hole would stay.
    await()
        .untilAsserted(
            () -> {
              Map<String, Object> summary = summary();
              double stored = (Double) summary.get("count");
              assertThat(summary).as("no hole").containsEntry("max", stored - 1);
            });
  }

  @Test
  void shouldWriteFromItsStateWhatWasUnacknowledgedWhenTheJobFailed(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    TestJob job = TestJob.start(cluster, sink(InfluxSinkITCase::point), COUNT, 2_500);
    await().until(() -> stored() > 0);
    server.kill();
    long before = job.checkpoints();
    // What was written since is in no database, and the source is past it: only state has it.
    await().atMost(Duration.ofSeconds(20)).until(() -> job.checkpoints() >= before + 3);
    FailOnce.arm();
    await().until(() -> !FailOnce.armed());
    server.restart();
    job.awaitEnd();
    assertAllStored();
  }

  @Test
  void shouldStartWhileTheDatabaseIsAway(@InjectMiniCluster MiniCluster cluster) throws Exception {
    server.stop();
    TestJob job = TestJob.start(cluster, sink(InfluxSinkITCase::point), COUNT, 10_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> job.checkpoints() >= 2);
    server.restart();
    job.awaitEnd();
    assertAllStored();
  }

  @Test
  void shouldKeepRefusedPointsAsRejectedAndWriteTheOthers(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    TestJob job =
        TestJob.start(
            cluster,
            sink(
                (number, out) -> {
                  point(number, out);
                  if (number % 2_500 == 17) {
                    // A text where numbers were: a conflict of types.
                    out.begin("hot", "m").tag("site", "s").field("n", "no").time(number);
                  }
                }),
            COUNT,
            10_000);
    job.awaitEnd();
    assertAllStored();
    try (InfluxQueries queries = new InfluxQueries(connection())) {
      assertThat(queries.rows("SELECT * FROM events.rejected"))
          .hasSize(4)
          .allMatch(row -> "refused-by-database".equals(row.get("reason")))
          .allMatch(row -> "s".equals(row.get("site")))
          .allMatch(row -> ((String) row.get("detail")).contains("field type conflict"))
          .anyMatch(row -> "m,site=s n=\"no\" 2517".equals(row.get("payload")));
    }
  }

  @Test
  void shouldStoreTheSameThroughEveryKindOfFault(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    List<FaultyProxy.Fault> script = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (FaultyProxy.Fault fault : FaultyProxy.Fault.values()) {
        script.add(fault);
        script.add(FaultyProxy.Fault.NONE);
      }
    }
    try (FaultyProxy proxy = new FaultyProxy(connection().url().toString(), script)) {
      InfluxSink<Long> sink =
          builder().connection(connection().withUrl(proxy.url())).batchSize(200).build();
      TestJob.start(cluster, sink, COUNT, 5_000).awaitEnd();
      assertThat(proxy.faultsLeft()).isZero();
    }
    assertAllStored();
  }

  @Test
  void shouldStillPassUnalignedCheckpointsWhenItsBufferIsFull(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    InfluxSink<Long> sink = builder().maxUnacknowledged(500).build();
    server.stop();
    TestJob job = TestJob.startUnaligned(cluster, sink, COUNT, 5_000);
    await().atMost(Duration.ofSeconds(30)).until(() -> job.checkpoints() >= 10);
    server.restart();
    job.awaitEnd();
    assertAllStored();
  }
}
