package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.motorwatch.jobs.DetectionJob;
import io.motorwatch.jobs.RetentionJob;
import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalMosquitto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detection and retention as two jobs beside each other, each a mini cluster of its own as their
 * mains start one outside of Flink. Two databases show which of them writes what.
 */
@Timeout(180)
class SplitJobsITCase {

  private static final Path PATTERNS = Path.of("../conf/patterns.yaml").toAbsolutePath();

  @TempDir Path folder;

  private LocalMosquitto broker;
  private LocalInfluxDb database;

  @BeforeEach
  void startServers() throws Exception {
    broker = LocalMosquitto.start(Files.createDirectory(folder.resolve("mqtt")));
    database = LocalInfluxDb.start(Files.createDirectory(folder.resolve("influx")));
  }

  @AfterEach
  void stopServers() {
    database.close();
    broker.close();
  }

  /** Both a database and a prefix of client ids are called as the job. */
  private List<String> config(String name, int sessions, Path patterns) throws Exception {
    Path file =
        Files.write(
            folder.resolve(name + ".yaml"),
            List.of(
                "mqtt: {uri: '%s', client-id-prefix: %s, sessions: %d}"
                    .formatted(broker.uri(), name, sessions),
                "influx: {url: '%s', database: %s}".formatted(database.url(), name),
                "patterns: {file: '%s'}".formatted(patterns),
                "timeline: {silent-after: 2s}",
                "tiers: {spread: 0s}",
                "checkpoint: {interval: 500ms}"));
    return List.of("--config", file.toString());
  }

  private Set<String> names(String query, String name) {
    try (InfluxDB influx = InfluxDBFactory.connect(database.url())) {
      return influx.query(new Query(query, name)).getResults().stream()
          .map(QueryResult.Result::getSeries)
          .filter(series -> series != null)
          .flatMap(List::stream)
          .map(QueryResult.Series::getValues)
          .filter(rows -> rows != null)
          .flatMap(List::stream)
          .map(row -> String.valueOf(row.get(0)))
          .collect(Collectors.toSet());
    }
  }

  private Set<String> measurements(String name) {
    return names("SHOW MEASUREMENTS", name);
  }

  @Test
  void shareTheWorkAndBothTellOfDevicesAndRejections() throws Exception {
    RunProcess detection =
        RunProcess.start(folder, DetectionJob.class, config("detection", 1, PATTERNS));
    RunProcess retention =
        RunProcess.start(folder, RetentionJob.class, config("retention", 2, PATTERNS));
    Mqtt5BlockingClient motors =
        Mqtt5Client.builder()
            .identifier("motors")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    motors.connect();
    try {
      int[] round = {0};
      await()
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                // Nothing shows from outside that both are subscribed: each round is another motor.
                overload(motors, "motor-" + round[0]++);
                assertThat(measurements("detection"))
                    .containsExactlyInAnyOrder("alarm", "device_status", "rejected");
                assertThat(measurements("retention"))
                    .containsExactlyInAnyOrder(
                        "telemetry", "telemetry_agg", "tier_info", "device_status", "rejected");
              });
      assertThat(retention.err()).contains("motorwatch: mqtt.sessions above 1 keeps no order");
      assertThat(detection.err()).doesNotContain("mqtt.sessions");
    } finally {
      motors.disconnect();
      detection.kill();
      retention.kill();
    }
  }

  /** Half a minute of it, and something that is no reading. */
  private static void overload(Mqtt5BlockingClient motors, String device) {
    String topic = "site/plant/device/" + device;
    long start = Instant.now().toEpochMilli() - 60_000;
    publish(motors, topic + "/attributes", "{\"ratedCurrent\":5.0}");
    publish(motors, topic + "/telemetry", "no reading");
    for (int second = 0; second <= 31; second++) {
      publish(
          motors,
          topic + "/telemetry",
          "{\"timestamp\":%d,\"current\":7.0}".formatted(start + 1000L * second));
    }
  }

  private static void publish(Mqtt5BlockingClient motors, String topic, String payload) {
    motors
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
  }

  @Test
  void aFaultyPatternFileIsToldBeforeTheDatabaseIsTouched() throws Exception {
    Path faulty =
        Files.writeString(folder.resolve("faulty.yaml"), "apiVersion: motorwatch/v1\nx: 1\n");
    String[] arguments = config("untouched", 1, faulty).toArray(String[]::new);
    assertThatThrownBy(() -> DetectionJob.main(arguments))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown key 'x'");
    assertThat(names("SHOW DATABASES", "")).doesNotContain("untouched");
  }
}
