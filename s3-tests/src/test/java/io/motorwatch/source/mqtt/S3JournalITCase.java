package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.local.s3.LocalS3;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real object store, by Flink's own file system for S3. */
@Timeout(240)
class S3JournalITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String DIRECTORY = "s3://" + LocalS3.BUCKET + "/journal";
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** None in the time of a test. */
  private static final Duration NEVER = Duration.ofMinutes(30);

  @TempDir static Path home;

  private static LocalS3 store;

  @TempDir Path folder;

  private MqttJobs jobs;

  @BeforeAll
  static void startStore() throws Exception {
    store = LocalS3.start(home);
    Configuration config = new Configuration();
    config.setString("s3.endpoint", store.endpoint());
    config.setString("s3.path.style.access", "true");
    config.setString("s3.access-key", "any");
    config.setString("s3.secret-key", "any");
    FileSystem.initialize(config, null);
  }

  @AfterAll
  static void stopStore() {
    store.close();
    FileSystem.initialize(new Configuration(), null);
  }

  @BeforeEach
  void start() throws Exception {
    jobs = new MqttJobs(folder);
    jobs.consumer = new Tally();
    jobs.ackMode = AckMode.JOURNAL;
    Tally.reset();
  }

  @AfterEach
  void stop() throws Exception {
    jobs.close();
    files().delete(path(""), true);
  }

  private static FileSystem files() throws IOException {
    return path("").getFileSystem();
  }

  private static org.apache.flink.core.fs.Path path(String below) {
    return new org.apache.flink.core.fs.Path(DIRECTORY + below);
  }

  private MqttSourceBuilder source(int sessions, long maxBytes) {
    return jobs.source(sessions, 1000)
        .journal(new JournalOptions(DIRECTORY, Duration.ofMillis(20), maxBytes));
  }

  private void awaitSubscribed(long sessions) {
    // The first of all loads the file system's classes.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> jobs.logged("Sending SUBACK to it-") >= sessions);
  }

  private static void awaitCount(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> Tally.numbers().size() >= count);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<String> objects(String session) throws IOException {
    try {
      return Arrays.stream(files().listStatus(path("/" + session)))
          .map(file -> file.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Test
  void aTaskThatFailsBeforeAnyCheckpointReadsAllOfItAgain() throws Exception {
    JobClient job = jobs.run(source(1, 1L << 30), 1, NEVER, null);
    awaitSubscribed(1);
    for (int from = 0; from < 4000; from += 1000) {
      Tally.FAIL_IN.set(from + 700);
      jobs.publisher.publish("t/1", from, from + 1000);
      await().atMost(Duration.ofSeconds(60)).until(() -> Tally.FAIL_IN.get() < 0);
    }
    awaitCount(4000);
    assertThat(Tally.numbers()).isEqualTo(upTo(4000));
    job.cancel().get();
    assertThat(objects("it-0")).filteredOn(name -> name.endsWith(".segment")).hasSizeGreaterThan(4);
  }

  @Test
  void savepointsAndCheckpointsGoOnAndFreeObjects() throws Exception {
    String savepoint = null;
    int published = 0;
    for (int times = 0; times < 3; times++) {
      JobClient job = jobs.run(source(2, 1L << 30), 2, INTERVAL, savepoint);
      if (published == 0) {
        awaitSubscribed(2);
      }
      Tally.FAIL_IN.set(300);
      jobs.publisher.publish("t/1", published, published + 1000);
      published += 1000;
      awaitCount(published);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> objects("it-0").stream().filter(name -> name.endsWith(".segment")).count() < 3);
      savepoint = jobs.stop(job);
      jobs.publisher.publish("t/1", published, published + 300);
      published += 300;
    }
    jobs.ackMode = AckMode.CHECKPOINT;
    JobClient last = jobs.run(source(2, 1L << 30), 1, INTERVAL, savepoint);
    awaitCount(published);
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(published));
    await().atMost(Duration.ofSeconds(60)).until(() -> objects("it-0").isEmpty());
    last.cancel().get();
  }
}
