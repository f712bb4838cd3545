package io.motorwatch.source.mqtt;

import static io.motorwatch.source.mqtt.MqttJobs.awaitSeen;
import static io.motorwatch.source.mqtt.MqttJobs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SessionsChangeITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;

  private static final Duration INTERVAL = Duration.ofMillis(200);

  private MqttJobs jobs;

  @BeforeEach
  void start() throws Exception {
    jobs = new MqttJobs(folder);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void drainsTheSessionsThatFewerSessionsLeaveBehindAndEndsThem() throws Exception {
    JobClient job = jobs.run(jobs.source(3, 100), 2, INTERVAL, null);
    jobs.awaitSubscribed();
    jobs.publisher.publish("t/1", 0, 500);
    awaitSeen(0, 500);
    String savepoint = jobs.stop(job);
    // The broker parks a part in each of the three.
    jobs.publisher.publish("t/1", 500, 2500);
    Collector.reset();
    Collector.FAIL_IN.set(700);

    JobClient fewer = jobs.run(jobs.source(1, 100), 2, INTERVAL, savepoint);
    for (int from = 2500; from < 4500; from += 500) {
      awaitSeen(500, from);
      jobs.publisher.publish("t/1", from, from + 500);
    }
    awaitSeen(500, 4500);
    awaitEnded("it-1");
    awaitEnded("it-2");
    Collector.reset();
    jobs.publisher.publish("t/1", 4500, 4600);
    awaitSeen(4500, 4600);
    assertThat(Collector.SEEN).containsExactlyElementsOf(numbers(4500, 4600));

    // Nothing is left to drain at the next start.
    long connections = connections("it-1");
    JobClient again = jobs.run(jobs.source(1, 100), 2, INTERVAL, jobs.stop(fewer));
    jobs.publisher.publish("t/1", 4600, 4700);
    awaitSeen(4600, 4700);
    assertThat(connections("it-1")).isEqualTo(connections);
    again.cancel().get();
  }

  @Test
  void leavesNoOldSubscriptionBehindWhenSessionsOrFiltersChange() throws Exception {
    JobClient one = jobs.run(jobs.source(1, 100), 1, INTERVAL, null);
    jobs.awaitSubscribed();
    String savepoint = jobs.stop(one);
    jobs.publisher.publish("t/1", 0, 500);
    JobClient three = jobs.run(jobs.source(3, 100), 2, INTERVAL, savepoint);
    awaitSeen(0, 500);
    await().until(() -> unsubscribes("it-0") == 1);
    Collector.reset();
    jobs.publisher.publish("t/1", 500, 800);
    awaitSeen(500, 800);
    assertThat(Collector.SEEN).containsExactlyInAnyOrderElementsOf(numbers(500, 800));

    savepoint = jobs.stop(three);
    jobs.publisher.publish("t/1", 800, 900);
    MqttSourceBuilder other = jobs.source(3, 100).telemetryFilters(List.of("u/+"));
    JobClient changed = jobs.run(other, 2, INTERVAL, savepoint);
    awaitSeen(800, 900);
    await().until(() -> unsubscribes("it-0") == 2 && unsubscribes("it-2") == 1);
    jobs.publisher.publish("t/1", 900, 1000);
    jobs.publisher.publish("u/1", 1000, 1100);
    awaitSeen(1000, 1100);
    assertThat(Collector.SEEN).doesNotContainAnyElementsOf(numbers(900, 1000));
    changed.cancel().get();
  }

  private void awaitEnded(String clientId) {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(30))
        .until(() -> connections(clientId) == ends(clientId));
    assertThat(MqttJobs.sessionPresent(jobs.broker.port(), clientId)).isFalse();
  }

  private long connections(String clientId) throws IOException {
    return jobs.logged(" as " + clientId + " ");
  }

  private long ends(String clientId) throws IOException {
    return jobs.logged("Client " + clientId + " disconnected")
        + jobs.logged("Client " + clientId + " closed its connection")
        + jobs.logged("Client " + clientId + " already connected");
  }

  private long unsubscribes(String clientId) throws IOException {
    return jobs.logged("Received UNSUBSCRIBE from " + clientId);
  }
}
