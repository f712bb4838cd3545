package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A published file with a fault: reported at once, with or without readings, and of no effect. */
@Timeout(180)
class BadPatternFileITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BAD =
      """
      apiVersion: motorwatch/v1
      version: %d
      signals:
        high: {value: current, above: 1}
      patterns:
        overload: {sequence: [{on: hihg, for: 1s}]}
      """;

  @TempDir static Path folder;

  private static RunningJob job;
  private static long start;

  @BeforeAll
  static void startTheJob() throws Exception {
    start = Instant.now().toEpochMilli() - 600_000;
    job = RunningJob.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
  }

  private static void publish(int version) {
    job.publish(
        "motorwatch/patterns", BAD.formatted(version).getBytes(StandardCharsets.UTF_8), true);
  }

  private static void awaitRefused(int version) {
    List<List<Object>> found =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(
                () ->
                    job.rows(
                        "SELECT detail, payload FROM events.rejected WHERE reason='patterns-refused'"
                            + " AND payload =~ /version: %d/".formatted(version)),
                rows -> rows.size() == 1 && rows.get(0).get(1) != null);
    assertThat((String) found.get(0).get(1))
        .contains("line 6")
        .contains("unknown signal 'hihg' (did you mean 'high'?)");
  }

  /** Thirty seconds at 1.4 times rated: an alarm by the file in force, with its version. */
  private static void assertTheFileInForceGoesOn(String device) {
    String topic = "site/plant/device/" + device;
    job.publish(topic + "/attributes", "{\"ratedCurrent\":5.0}");
    for (int second = 0; second <= 30; second++) {
      job.publish(
          topic + "/telemetry",
          "{\"timestamp\":%d,\"current\":7.0}".formatted(start + 1000L * second));
    }
    await().atMost(PATIENCE).until(() -> !alerts(device).isEmpty());
    assertThat(alerts(device))
        .singleElement()
        .asString()
        .contains("\"pattern\":\"overload\",\"patternVersion\":1,")
        .contains("\"durationMs\":30000");
  }

  private static List<String> alerts(String device) {
    return job.heard("/alert").stream()
        .filter(json -> json.contains("\"device\":\"" + device + "\""))
        .toList();
  }

  @Test
  void isRejectedWhileNoReadingFlows() {
    publish(1_001);
    awaitRefused(1_001);
    assertTheFileInForceGoesOn("calm");
  }

  @Test
  void isRejectedWhileReadingsFlow() {
    AtomicInteger sent = new AtomicInteger();
    ScheduledExecutorService motors = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> sending =
        motors.scheduleAtFixedRate(
            () -> {
              int n = sent.incrementAndGet();
              job.publish(
                  "site/plant/device/busy-%d/telemetry".formatted(n % 50),
                  "{\"timestamp\":%d,\"current\":1.0}".formatted(start + 10L * n));
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    try {
      await().atMost(PATIENCE).until(() -> sent.get() > 500);
      publish(1_002);
      awaitRefused(1_002);
      int before = sent.get();
      assertTheFileInForceGoesOn("loaded");
      assertThat(sent.get()).as("readings beside").isGreaterThan(before);
      assertThat(sending.isDone()).as("still sending").isFalse();
    } finally {
      motors.shutdownNow();
    }
  }
}
