package io.motorwatch.source.mqtt;

import static io.motorwatch.source.mqtt.MqttJobs.awaitSeen;
import static io.motorwatch.source.mqtt.MqttJobs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.core.execution.JobClient;
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

@Timeout(120)
class MqttSourceITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;

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
  void acknowledgesOnlyAfterACheckpoint(@InjectMiniCluster MiniCluster cluster) throws Exception {
    JobClient job = jobs.run(jobs.source(1, 10), 1, Duration.ofHours(1), null);
    // Probes would fill the window where the job is slow to start.
    await().until(() -> jobs.logged("Sending SUBACK to it-0") >= 1);
    jobs.publisher.publish("t/1", 0, 20);
    // The window is full of messages that no checkpoint holds.
    awaitSeen(0, 10);
    await().during(Duration.ofMillis(500)).until(() -> Collector.SEEN.equals(numbers(0, 10)));
    cluster.triggerCheckpoint(job.getJobID()).get();
    awaitSeen(0, 20);
    end(job);
  }

  @Test
  void losesNothingWhenTheJobFails() throws Exception {
    int count = 20_000;
    JobClient job = jobs.run(jobs.source(1, 500), 1, Duration.ofMillis(100), null);
    jobs.awaitSubscribed();
    for (int from = 0; from < count; from += 2000) {
      if (from % 4000 == 0) {
        Collector.FAIL_IN.set(700);
      }
      jobs.publisher.publish("t/1", from, from + 2000);
    }
    awaitSeen(0, count);
    end(job);
  }

  @Test
  void redeliversNothingAfterStopWithSavepointAtAnotherParallelism() throws Exception {
    JobClient job = jobs.run(jobs.source(2, 500), 1, Duration.ofMillis(200), null);
    jobs.awaitSubscribed();
    jobs.publisher.publish("t/1", 0, 3000);
    awaitSeen(0, 3000);
    String savepoint = jobs.stop(job);
    Collector.reset();
    jobs.publisher.publish("t/1", 3000, 4000);

    JobClient again = jobs.run(jobs.source(2, 500), 2, Duration.ofMillis(200), savepoint);
    awaitSeen(3000, 4000);
    jobs.publisher.publish("t/1", 4000, 4100);
    awaitSeen(4000, 4100);
    assertThat(Collector.SEEN).containsExactlyInAnyOrderElementsOf(numbers(3000, 4100));
    end(again);
  }

  /** The next test's collector is the same. */
  private static void end(JobClient job) throws Exception {
    job.cancel().get();
    await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
  }
}
