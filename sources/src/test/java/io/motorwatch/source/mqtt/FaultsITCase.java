package io.motorwatch.source.mqtt;

import static io.motorwatch.source.mqtt.MqttJobs.awaitSeen;
import static io.motorwatch.source.mqtt.MqttJobs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
class FaultsITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;

  private static final Duration INTERVAL = Duration.ofMillis(100);

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
  void losesNothingWhenATaskFailsInTheMiddleOfACheckpoint() throws Exception {
    jobs.chained = false;
    JobClient job = jobs.run(jobs.source(1, 300), 1, INTERVAL, null);
    jobs.awaitSubscribed();
    for (int from = 0; from < 5000; from += 1000) {
      // The source has taken its part of the checkpoint by then.
      Collector.FAIL_SNAPSHOTS.set(1);
      jobs.publisher.publish("t/1", from, from + 1000);
      await().until(() -> Collector.FAIL_SNAPSHOTS.get() == 0);
    }
    awaitSeen(0, 5000);
    assertThat(Collector.STARTS).hasValue(6);
    job.cancel().get();
  }

  @Test
  void goesOnOnceCheckpointsSucceedAgainAfterItsWindowWasFull() throws Exception {
    JobClient job = jobs.run(jobs.source(1, 50), 1, INTERVAL, null);
    jobs.awaitSubscribed();
    await().until(() -> jobs.logged("Received PUBACK from it-0") > 0);
    Runnable succeed = jobs.failCheckpoints(job);
    jobs.publisher.publish("t/1", 0, 1000);
    await().until(() -> Collector.SEEN.contains("0"));
    await().pollDelay(Duration.ofMillis(500)).until(() -> true);
    int held = Collector.SEEN.size();
    await().during(Duration.ofSeconds(1)).until(() -> Collector.SEEN.size() == held);
    assertThat(Collector.SEEN).doesNotContain("999");
    succeed.run();
    awaitSeen(0, 1000);
    job.cancel().get();
  }

  @Test
  void keepsItsConnectionThroughAStallOfManyKeepAlives() throws Exception {
    MqttSourceBuilder source = jobs.source(1, 50).keepAlive(Duration.ofSeconds(1));
    JobClient job = jobs.run(source, 1, INTERVAL, null);
    jobs.awaitSubscribed();
    Collector.GATE.register();
    jobs.publisher.publish("t/1", 0, 500);
    // A broker ends a connection that is silent for one and a half keep-alives.
    await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(8)).until(this::connectedOnce);
    Collector.GATE.arriveAndDeregister();
    awaitSeen(0, 500);
    assertThat(connectedOnce()).isTrue();
    job.cancel().get();
  }

  @Test
  void aStallOfAMinuteUnderLoadCostsNeitherTheConnectionNorMemory() throws Exception {
    JobClient job =
        jobs.run(jobs.source(1, 16_384).keepAlive(Duration.ofSeconds(5)), 1, INTERVAL, null);
    jobs.awaitSubscribed();
    Collector.GATE.register();
    jobs.publisher.publish("t/1", 0, 17_000);
    long before = usedHeap();
    await().during(Duration.ofMinutes(1)).atMost(Duration.ofSeconds(65)).until(this::connectedOnce);
    // A full window of small messages is some ten megabytes, whatever waits in the broker.
    assertThat(usedHeap() - before).isLessThan(32L << 20);
    Collector.GATE.arriveAndDeregister();
    awaitSeen(0, 17_000);
    assertThat(connectedOnce()).isTrue();
    job.cancel().get();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private boolean connectedOnce() throws Exception {
    return jobs.logged(" as it-0 ") == 1 && jobs.logged("it-0 has exceeded timeout") == 0;
  }

  @Test
  void needsNoCheckpointsWhereItAcknowledgesOnReceive() throws Exception {
    MqttSourceBuilder source = jobs.source(1, 10).ackMode(AckMode.ON_RECEIVE);
    JobClient job = jobs.run(source, 1, Duration.ofHours(1), null);
    jobs.awaitSubscribed();
    jobs.publisher.publish("t/1", 0, 500);
    awaitSeen(0, 500);
    job.cancel().get();
    // Until it has ended it may still take, and so acknowledge, what is meant for the next job.
    await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
    Collector.reset();
    JobClient again = jobs.run(source, 1, Duration.ofHours(1), null);
    jobs.publisher.publish("t/1", 500, 510);
    awaitSeen(500, 510);
    assertThat(Collector.SEEN).doesNotContainAnyElementsOf(numbers(0, 490));
    again.cancel().get();
  }

  @Test
  void losesAndRepeatsNothingAtChangingParallelismUnderLoad() throws Exception {
    AtomicInteger published = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    JobClient job = jobs.run(jobs.source(4, 500), 4, INTERVAL, null);
    jobs.awaitSubscribed();
    Collector.SEEN.removeIf("-1"::equals);
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                int from = published.get();
                jobs.publisher.publish("t/" + from % 7, from, from + 50);
                published.set(from + 50);
              }
            });
    for (int parallelism : new int[] {2, 4, 1}) {
      int before = Collector.SEEN.size();
      await().until(() -> Collector.SEEN.size() > before + 1000);
      job = jobs.run(jobs.source(4, 500), parallelism, INTERVAL, jobs.stop(job));
    }
    enough.set(true);
    load.get();
    awaitSeen(0, published.get());
    Collector.SEEN.removeIf("-1"::equals);
    assertThat(Collector.SEEN).hasSize(published.get());
    job.cancel().get();
  }

  @Test
  void readsEveryTopicOfAMixedFilterOnce() throws Exception {
    jobs.publisher.retain("d/1/status", "retained");
    MqttSourceBuilder source =
        jobs.source(1, 50)
            .telemetryFilters(List.of())
            .mixedFilters(List.of("d/+/+"), List.of("d/+/status"));
    JobClient job = jobs.run(source, 1, INTERVAL, null);
    await().until(() -> Collector.SEEN.contains("retained"));
    jobs.publisher.publish("d/1/telemetry", 0, 1);
    jobs.publisher.publish("d/1/status", 1, 2);
    jobs.publisher.publish("d/1/unheard-of", 2, 3);
    awaitSeen(0, 3);
    assertThat(Collector.SEEN).containsExactly("retained", "0", "1", "2");
    job.cancel().get();
  }
}
