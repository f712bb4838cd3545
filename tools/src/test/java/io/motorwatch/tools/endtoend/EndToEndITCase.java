package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the outside world sees of the main job, to the letter of the contract. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MOTOR = "site/plant/device/motor-1";

  /** The beginning of a minute some time ago. */
  private static long start;

  @TempDir static Path folder;

  private static RunningJob job;

  @BeforeAll
  static void startTheJob() throws Exception {
    start = Instant.now().toEpochMilli() / 60_000 * 60_000 - 600_000;
    Path keys = Files.writeString(folder.resolve("keys"), "signed " + "0f".repeat(32));
    job = RunningJob.start(folder, "mqtt.signing.keys-file=" + keys);
    job.publish(
        MOTOR + "/attributes",
        "{\"ratedCurrent\":5.0,\"motorType\":\"pump\"}".getBytes(StandardCharsets.UTF_8),
        true);
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
  }

  private static void reading(long second, double current) {
    job.publish(
        MOTOR + "/telemetry",
        "{\"timestamp\":%d,\"current\":%s,\"speed\":1480,\"seq\":%d}"
            .formatted(start + 1000 * second, current, second + 1));
  }

  @Test
  @Order(1)
  void anOverloadIsAlertedAtTheReadingThatCompletesItByTheDevicesOwnNameplate() throws Exception {
    for (int second = 0; second < 10; second++) {
      reading(second, 4.5);
    }
    for (int second = 10; second <= 40; second++) {
      reading(second, 7.0);
    }
    await().atMost(PATIENCE).until(() -> !job.heard("/alert").isEmpty());
    JsonNode alert = new ObjectMapper().readTree(job.heard("/alert").get(0));
    assertThat(alert.get("state").asText()).isEqualTo("RAISED");
    assertThat(alert.get("pattern").asText()).isEqualTo("overload");
    assertThat(alert.get("ansi").asText()).isEqualTo("51");
    assertThat(alert.get("site").asText()).isEqualTo("plant");
    assertThat(alert.get("device").asText()).isEqualTo("motor-1");
    assertThat(alert.get("onsetAt").asLong()).isEqualTo(start + 10_000);
    assertThat(alert.get("raisedAt").asLong()).isEqualTo(start + 40_000);
    assertThat(alert.get("at").asLong()).isEqualTo(start + 40_000);
    assertThat(alert.get("durationMs").asLong()).isEqualTo(30_000);
    assertThat(alert.get("value").asDouble()).isEqualTo(1.4);
    assertThat(alert.get("threshold").asDouble()).isEqualTo(1.2);
    assertThat(alert.get("alarmId").asText()).matches("[0-9a-f]{16}");
    await().atMost(PATIENCE).until(() -> !job.heard("/alarms/overload").isEmpty());
    assertThat(job.heard("/alarms/overload").get(0)).isEqualTo(job.heard("/alert").get(0));
  }

  @Test
  @Order(2)
  void theClearedAlarmIsAlertedAndItsRetainedTopicEmptied() throws Exception {
    reading(41, 4.0);
    await().atMost(PATIENCE).until(() -> job.heard("/alert").size() == 2);
    await().atMost(PATIENCE).until(() -> job.heard("/alarms/overload").size() == 2);
    assertThat(job.heard("/alert").get(1)).contains("\"state\":\"CLEARED\"");
    assertThat(job.heard("/alarms/overload").get(1)).isEmpty();
  }

  @Test
  @Order(3)
  void theDatabaseHoldsReadingsAggregatesAndAlarmsOfTheContract() {
    String where = " WHERE site='plant' AND device='motor-1'";
    await()
        .atMost(PATIENCE)
        .until(() -> job.number("SELECT count(current) FROM hot.telemetry" + where) == 42);
    await()
        .atMost(PATIENCE)
        .until(
            () -> job.number("SELECT sum(current_count) FROM archive.telemetry_agg" + where) == 42);
    List<Object> minute =
        job.rows(
                "SELECT current_count, current_sum, current_min, current_max, current_mean,"
                    + " current_last FROM warm.telemetry_agg"
                    + where)
            .get(0);
    double sum = 10 * 4.5 + 31 * 7.0 + 4.0;
    assertThat(Instant.parse((String) minute.get(0)).toEpochMilli()).isEqualTo(start);
    assertThat(minute.subList(1, 7)).containsExactly(42.0, sum, 4.0, 7.0, sum / 42, 4.0);
    assertThat(
            job.rows(
                "SELECT state, severity, value, threshold, duration_ms, pattern_version FROM events.alarm"
                    + where))
        .extracting(row -> row.get(1))
        .containsExactly("RAISED", "CLEARED");
  }

  @Test
  @Order(4)
  void rubbishOfEveryKindIsCountedAndKeptAndHarmsNobody() {
    String topic = "site/plant/device/broken/telemetry";
    job.publish(topic, "no json at all");
    job.publish(topic, "{\"current\":1.0}");
    job.publish(topic, "{\"timestamp\":" + start + "}");
    job.publish(topic, "{\"timestamp\":" + start + ",\"current\":NaN}");
    job.publish(topic, "{\"timestamp\":3600000,\"current\":1.0}");
    job.publish(topic, "{\"timestamp\":\"2100-01-01T00:00:00Z\",\"current\":1.0}");
    job.publish(topic, "{\"deviceId\":\"other\",\"timestamp\":" + start + ",\"current\":1.0}");
    job.publish(topic, new byte[1_000_000], false);
    job.publish(topic, "[[[[{}]]]]");
    job.publish(topic, "{\"timestamp\":{\"a\":1},\"current\":[1,2]}");
    job.publish("site/plant/device/broken/status", "{\"status\":\"sleepy\"}");
    job.publish("site/plant/device/broken/attributes", "[]");
    job.publish("site/plant/device/broken/bogus", "{}");
    job.publish("motorwatch/patterns", "version: 9");
    reading(41, 4.0);
    for (int seq : new int[] {1, 2, 600, 1}) {
      String again = "{\"timestamp\":%d,\"current\":1.0,\"seq\":%d}";
      job.publish("site/plant/device/again/telemetry", again.formatted(start + seq, seq));
    }
    job.publish("site/signed/device/m/telemetry", "{\"timestamp\":" + start + ",\"current\":1.0}");
    Set<String> expected =
        Set.of(
            "malformed",
            "no-timestamp",
            "no-fields",
            "stale",
            "future",
            "device-mismatch",
            "too-large",
            "duplicate",
            "replayed",
            "signature",
            "patterns-refused",
            "unknown-topic");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Set<String> reasons = new TreeSet<>();
              job.rows("SHOW TAG VALUES FROM events.rejected WITH KEY = reason")
                  .forEach(row -> reasons.add((String) row.get(1)));
              assertThat(reasons).containsAll(expected);
            });
    assertThat(job.heard("/alert")).hasSize(2);
    // InfluxDB shows points of a batch it is just writing, some of their fields not there yet.
    await().atMost(PATIENCE).untilAsserted(EndToEndITCase::assertEachTellsTopicAndPayload);
  }

  private static void assertEachTellsTopicAndPayload() {
    assertThat(job.rows("SELECT topic, device, detail, payload FROM events.rejected"))
        .allSatisfy(
            row -> {
              assertThat((String) row.get(1)).matches("site/(plant|signed)/.*|motorwatch/patterns");
              assertThat(((String) row.get(4)).length()).isLessThanOrEqualTo(1024);
            });
  }

  @Test
  @Order(5)
  void aFieldCalledLikeATagHidesNobodysReadings() {
    job.publish(
        "site/plant/device/odd/telemetry",
        "{\"timestamp\":%d,\"current\":1.0,\"device\":6,\"site\":5,\"time\":4}".formatted(start));
    await()
        .atMost(PATIENCE)
        .until(
            () -> job.number("SELECT count(current) FROM hot.telemetry WHERE device='odd'") == 1);
    assertThat(job.number("SELECT count(current) FROM hot.telemetry WHERE device='motor-1'"))
        .isEqualTo(42);
  }

  @Test
  @Order(6)
  void everyQueryOfTheDashboardAnswersWithRowsOfTheFilledDatabase() throws Exception {
    await().atMost(PATIENCE).until(() -> job.number("SELECT count(rank) FROM warm.tier_info") > 0);
    for (DashboardQueries.Query query :
        DashboardQueries.of(Path.of("../grafana/dashboards/fleet-overview.json"))) {
      String ready = query.ready(start - 60_000, start + 900_000, "plant", "motor-1", "warm");
      assertThat(job.rows(ready)).as(query.where() + ": " + ready).isNotEmpty();
    }
  }

  @Test
  @Order(7)
  void aStopWithSavepointAndARestartGoOnAsIfNothingHadHappened() throws Exception {
    for (int second = 60; second < 80; second++) {
      reading(second, 7.0);
    }
    job.restart();
    for (int second = 80; second <= 90; second++) {
      reading(second, 7.0);
    }
    await().atMost(PATIENCE).until(() -> job.heard("/alert").size() == 3);
    assertThat(job.heard("/alert").get(2)).contains("\"raisedAt\":" + (start + 90_000));
  }

  @Test
  @Order(8)
  void aPublishedPatternFileIsTakenWhileTheJobRunsAndAnAlarmAcknowledgedByItsId() throws Exception {
    String shipped = Files.readString(Path.of("../conf/patterns.yaml"));
    String changed =
        shipped
            .replace("version: 1 ", "version: 2 ")
            .replace("        for: 30s\n", "        for: 5s\n    latch: true\n");
    job.publish("motorwatch/patterns", changed.getBytes(StandardCharsets.UTF_8), true);
    AtomicInteger device = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              // Too short for the file before, so that only the new one raises an alarm.
              String topic = "site/plant/device/live-" + device.incrementAndGet() + "/telemetry";
              for (int second = 0; second <= 7; second++) {
                job.publish(
                    topic, "{\"timestamp\":%d,\"current\":14.0}".formatted(start + 1000L * second));
              }
              return alertsOf("live-").findAny().isPresent();
            });
    JsonNode alert = new ObjectMapper().readTree(alertsOf("live-").findFirst().orElseThrow());
    assertThat(alert.get("patternVersion").asLong()).isEqualTo(2);
    assertThat(alert.get("durationMs").asLong()).isEqualTo(5_000);
    String id = alert.get("alarmId").asText();
    job.publish("motorwatch/ack", "{\"alarmId\":\"%s\",\"by\":\"Anna\"}".formatted(id));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                alertsOf("live-")
                    .anyMatch(json -> json.contains(id) && json.contains("ACKNOWLEDGED")));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                job.rows("SELECT state, message FROM events.alarm WHERE site='plant'").stream()
                    .anyMatch(
                        row -> "Acknowledged by Anna: Persisting overload".equals(row.get(2))));
  }

  private static Stream<String> alertsOf(String device) {
    return job.heard("/alert").stream().filter(json -> json.contains("\"device\":\"" + device));
  }
}
