package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.motorwatch.local.LocalInfluxDb2;
import io.motorwatch.local.LocalMosquitto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The job with the shipped config on a new InfluxDB 2.x that has none of its buckets. */
@EnabledIfEnvironmentVariable(
    named = LocalInfluxDb2.VARIABLE,
    matches = ".+",
    disabledReason = "names no influxd 2.x: the job is not tested against InfluxDB 2")
class InfluxDb2ITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String MOTOR = "site/plant/device/motor-1";
  private static final int READINGS = 42;

  @TempDir Path folder;
  private LocalMosquitto broker;
  private LocalInfluxDb2 database;
  private RunProcess job;
  private Mqtt5BlockingClient devices;
  private InfluxDB queries;

  @BeforeEach
  void start() throws Exception {
    broker = LocalMosquitto.start(folder.resolve("mqtt"));
    database = LocalInfluxDb2.start(folder.resolve("influx"));
    job =
        RunProcess.start(
            Files.createDirectory(folder.resolve("tmp")),
            "--config=../conf/motorwatch.yaml",
            "--set=mqtt.uri=" + broker.uri(),
            "--set=influx.url=" + database.url(),
            "--set=influx.org=" + LocalInfluxDb2.ORG,
            "--set=influx.token=" + LocalInfluxDb2.TOKEN,
            "--set=timeline.silent-after=2s",
            "--set=checkpoint.dir=" + folder.resolve("checkpoints"));
    devices =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    devices.connect();
    queries =
        InfluxDBFactory.connect(
            database.url(),
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain
                                .request()
                                .newBuilder()
                                .header("Authorization", "Token " + LocalInfluxDb2.TOKEN)
                                .build())));
  }

  @AfterEach
  void stop() throws Exception {
    queries.close();
    devices.disconnect();
    job.kill();
    database.close();
    broker.close();
  }

  private void publish(String topic, String payload) {
    devices
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
  }

  private List<List<Object>> rows(String query) {
    QueryResult result = queries.query(new Query(query, "motorwatch"));
    List<List<Object>> rows = new ArrayList<>();
    for (QueryResult.Result part : result.getResults()) {
      assertThat(part.getError()).as(query).isNull();
      if (part.getSeries() != null) {
        part.getSeries().forEach(series -> rows.addAll(series.getValues()));
      }
    }
    return rows;
  }

  private long number(String query) {
    List<List<Object>> rows = rows(query);
    return rows.isEmpty() ? 0 : ((Number) rows.get(0).get(1)).longValue();
  }

  @Test
  void anOverloadIsInEveryTierAndEveryQueryOfTheDashboardHasRows() throws Exception {
    await().atMost(PATIENCE).until(job::ready);
    long start = Instant.now().toEpochMilli() / 60_000 * 60_000 - 600_000;
    publish(MOTOR + "/attributes", "{\"ratedCurrent\":5.0}");
    publish(MOTOR + "/telemetry", "no reading");
    for (int second = 0; second < READINGS; second++) {
      publish(
          MOTOR + "/telemetry",
          "{\"timestamp\":%d,\"current\":%s,\"speed\":1480,\"seq\":%d}"
              .formatted(
                  start + 1000L * second, second < 10 || second > 40 ? 4.5 : 7.0, second + 1));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> number("SELECT count(current) FROM hot.telemetry") == READINGS);
    for (String tier : List.of("warm", "cold", "archive")) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  number("SELECT sum(current_count) FROM " + tier + ".telemetry_agg") == READINGS);
    }
    assertThat(rows("SELECT state, duration_ms FROM events.alarm"))
        .extracting(row -> row.get(1))
        .containsExactly("RAISED", "CLEARED");
    await().atMost(PATIENCE).until(() -> number("SELECT count(rank) FROM warm.tier_info") > 0);
    for (DashboardQueries.Query query :
        DashboardQueries.of(Path.of("../grafana/dashboards/fleet-overview.json"))) {
      String ready = query.ready(start - 60_000, start + 900_000, "plant", "motor-1", "warm");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(rows(ready)).as(query.where() + ": " + ready).isNotEmpty());
    }
    assertThat(job.err()).doesNotContain("mapped").doesNotContain("default retention policy");
  }
}
