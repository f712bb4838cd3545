package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.OlderState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class JournalITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration INTERVAL = Duration.ofMillis(200);

  /** None in the time of a test. */
  private static final Duration NEVER = Duration.ofMinutes(30);

  @TempDir Path folder;

  private MqttJobs jobs;

  @BeforeEach
  void start() throws Exception {
    jobs = new MqttJobs(folder);
    jobs.consumer = new Tally();
    jobs.ackMode = AckMode.JOURNAL;
    Tally.reset();
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  private void awaitSubscribed(long sessions) {
    await().until(() -> jobs.logged("Sending SUBACK to it-") >= sessions);
  }

  private static void awaitCount(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> Tally.numbers().size() >= count);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Mosquitto keeps 20 in flight where nobody asks for more, which MQTT 3.1.1 cannot. */
  @ParameterizedTest
  @EnumSource(names = {"V5", "V3"})
  void aSmallWindowHoldsNothingUpThoughNoCheckpointCompletes(MqttVersion version) throws Exception {
    JobClient job = jobs.run(jobs.source(1, 20).mqttVersion(version), 1, NEVER, null);
    awaitSubscribed(1);
    jobs.publisher.publish("t/1", 0, 3000);
    awaitCount(3000);
    assertThat(Tally.numbers()).isEqualTo(upTo(3000));
    job.cancel().get();
  }

  @Test
  void aTaskThatFailsBeforeAnyCheckpointReadsAllOfItAgain() throws Exception {
    JobClient job = jobs.run(jobs.source(1, 50), 1, NEVER, null);
    awaitSubscribed(1);
    for (int from = 0; from < 4000; from += 1000) {
      Tally.FAIL_IN.set(from + 700);
      jobs.publisher.publish("t/1", from, from + 1000);
      await().until(() -> Tally.FAIL_IN.get() < 0);
    }
    awaitCount(4000);
    assertThat(Tally.numbers()).isEqualTo(upTo(4000));
    job.cancel().get();
  }

  @Test
  void theModeMayChangeBetweenTwoStarts() throws Exception {
    String savepoint = null;
    int published = 0;
    for (AckMode mode :
        List.of(AckMode.CHECKPOINT, AckMode.JOURNAL, AckMode.CHECKPOINT, AckMode.JOURNAL)) {
      jobs.ackMode = mode;
      JobClient job = jobs.run(jobs.source(2, 100), 2, INTERVAL, savepoint);
      if (published == 0) {
        awaitSubscribed(2);
      }
      jobs.publisher.publish("t/1", published, published + 1000);
      published += 1000;
      awaitCount(published - 500);
      Tally.FAIL_IN.set(200);
      jobs.publisher.publish("t/1", published, published + 1000);
      published += 1000;
      awaitCount(published);
      if (mode == AckMode.CHECKPOINT) {
        await().until(() -> !Files.exists(jobs.journalFolder().resolve("it-0")));
      }
      savepoint = jobs.stop(job);
      jobs.publisher.publish("t/1", published, published + 300);
      published += 300;
    }
    jobs.ackMode = AckMode.ON_RECEIVE;
    JobClient last = jobs.run(jobs.source(2, 100), 1, INTERVAL, savepoint);
    awaitCount(published);
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(published));
    last.cancel().get();
  }

  @Test
  void goesOnWhereTheFolderIsLost() throws Exception {
    JobClient job = jobs.run(jobs.source(1, 50), 1, INTERVAL, null);
    awaitSubscribed(1);
    jobs.publisher.publish("t/1", 0, 500);
    awaitCount(500);
    String savepoint = jobs.stop(job);
    FileUtils.deleteDirectory(jobs.journalFolder().toFile());
    jobs.publisher.publish("t/1", 500, 1000);
    JobClient again = jobs.run(jobs.source(1, 50), 1, INTERVAL, savepoint);
    awaitCount(1000);
    assertThat(Tally.numbers()).isEqualTo(upTo(1000));
    again.cancel().get();
  }

  private int publish(int from) throws Exception {
    jobs.publisher.publish("t/1", from, from + 500);
    awaitCount(from + 500);
    return from + 500;
  }

  @Test
  void aSavepointOlderThanTheJournalIsRefusedForGoodUnlessThatIsAccepted() throws Exception {
    JobClient first = jobs.run(jobs.source(1, 50), 1, INTERVAL, null);
    awaitSubscribed(1);
    publish(0);
    String old = jobs.stop(first);
    // Right away, a savepoint can be resumed.
    JobClient second = jobs.run(jobs.source(1, 50), 1, INTERVAL, old);
    publish(500);
    String newer = jobs.stop(second);
    JobClient third = jobs.run(jobs.source(1, 50), 1, INTERVAL, newer);
    publish(1000);
    await().until(() -> freedTo() >= 999);
    String newest = jobs.stop(third);
    JobClient refused = jobs.run(jobs.source(1, 50), 1, INTERVAL, old);
    assertThatThrownBy(() -> refused.getJobExecutionResult().get())
        .hasStackTraceContaining(
            "OlderStateException: the journal of session it-0 does not go back")
        .hasStackTraceContaining("500 acknowledged messages are missing");
    // With restarts it would have come to its end as well.
    assertThatThrownBy(() -> refused.getJobExecutionResult().get())
        .hasStackTraceContaining("JobException: The failure is not recoverable");
    JobClient resumed = jobs.run(jobs.source(1, 50), 1, INTERVAL, newest);
    publish(1500);
    assertThat(Tally.numbers()).isEqualTo(upTo(2000));
    jobs.stop(resumed);
    JournalOptions accepting = jobs.journal().olderState(OlderState.ACCEPT);
    JobClient accepted = jobs.run(jobs.source(1, 50).journal(accepting), 1, INTERVAL, old);
    jobs.publisher.publish("t/1", 2000, 2500);
    await().until(() -> Tally.numbers().contains(2499));
    assertThat(Tally.numbers())
        .startsWith(upTo(500).toArray(Integer[]::new))
        .doesNotHaveDuplicates();
    accepted.cancel().get();
  }

  private long freedTo() throws IOException {
    try (var files = Files.list(jobs.journalFolder().resolve("it-0"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".freed"))
          .mapToLong(name -> Long.parseLong(name.replace(".freed", "")))
          .max()
          .orElse(-1);
    }
  }

  @Test
  void theFolderOfASessionThatIsDrainedAndEndedIsRemoved() throws Exception {
    JobClient job = jobs.run(jobs.source(2, 50), 2, INTERVAL, null);
    awaitSubscribed(2);
    jobs.publisher.publish("t/1", 0, 500);
    awaitCount(500);
    assertThat(journals()).containsExactlyInAnyOrder("it-0", "it-1");
    String savepoint = jobs.stop(job);
    jobs.publisher.publish("t/1", 500, 1000);
    JobClient fewer = jobs.run(jobs.source(1, 50), 2, INTERVAL, savepoint);
    awaitCount(1000);
    await().atMost(Duration.ofSeconds(30)).until(() -> journals().equals(List.of("it-0")));
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(1000));
    fewer.cancel().get();
  }

  /** All of it is in the journals alone: no checkpoint has completed since the savepoint. */
  @ParameterizedTest(name = "{0} sessions and subtasks {1}, then {2} and {3}")
  @CsvSource({"3, 1, 3, 3", "3, 3, 3, 1", "3, 2, 1, 2", "1, 1, 3, 2"})
  void aFullJournalIsReadByWhateverSubtaskHasItsSession(
      int sessions, int parallelism, int sessionsThen, int parallelismThen) throws Exception {
    JobClient job = jobs.run(jobs.source(sessions, 50), parallelism, NEVER, null);
    awaitSubscribed(sessions);
    jobs.publisher.publish("t/1", 0, 1000);
    awaitCount(1000);
    String savepoint = jobs.savepoint(job);
    jobs.publisher.publish("t/1", 1000, 5000);
    awaitCount(5000);
    await().until(() -> jobs.logged("Received PUBACK from it-") >= 5000);
    job.cancel().get();
    await().until(() -> job.getJobStatus().get().isGloballyTerminalState());

    Tally.reset();
    JobClient moved = jobs.run(jobs.source(sessionsThen, 50), parallelismThen, INTERVAL, savepoint);
    awaitCount(5000);
    jobs.publisher.publish("t/1", 5000, 5500);
    awaitCount(5500);
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(5500));
    moved.cancel().get();
  }

  /** Each number is published once, so that two times of one are two receipts. */
  @Test
  void whatIsTimedByArrivalHasTheSameTimeHoweverOftenATaskFails() throws Exception {
    jobs.consumer = new Arrivals();
    Arrivals.reset();
    MqttSourceBuilder source = jobs.source(1, 500).timedByArrival(List.of("t/+"));
    JobClient job = jobs.run(source, 1, INTERVAL, null);
    awaitSubscribed(1);
    for (int from = 0; from < 6000; from += 1500) {
      Arrivals.FAIL_IN.set(700);
      jobs.publisher.publish("t/1", from, from + 1500);
      await().until(() -> Arrivals.FAIL_IN.get() < 0);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Arrivals.TIMES.keySet())
                    .containsExactlyInAnyOrderElementsOf(MqttJobs.numbers(0, 6000)));
    assertThat(Arrivals.TIMES.values()).allMatch(times -> times.size() == 1);
    assertThat(Arrivals.HANDED_ON.get()).isGreaterThan(6000);
    job.cancel().get();
  }

  /** The times each number was handed on with, whether or not a failure took that back. */
  private static final class Arrivals implements MapFunction<MqttMessage, String> {
    private static final long serialVersionUID = 1L;
    static final Map<String, Set<Long>> TIMES = new ConcurrentHashMap<>();
    static final AtomicInteger HANDED_ON = new AtomicInteger();
    static final AtomicInteger FAIL_IN = new AtomicInteger(-1);

    static void reset() {
      TIMES.clear();
      HANDED_ON.set(0);
      FAIL_IN.set(-1);
    }

    @Override
    public String map(MqttMessage message) {
      if (FAIL_IN.get() >= 0 && FAIL_IN.getAndDecrement() == 0) {
        throw new IllegalStateException("failing on purpose");
      }
      String payload = new String(message.payload(), StandardCharsets.UTF_8);
      TIMES
          .computeIfAbsent(payload, number -> ConcurrentHashMap.newKeySet())
          .add(message.arrivedAt());
      HANDED_ON.incrementAndGet();
      return payload;
    }
  }

  /** The job stops before three checkpoints have let the folder go. */
  @Test
  void aSessionThatEndedAndIsConfiguredAgainDoesNotReadItsOldJournal() throws Exception {
    JobClient job = jobs.run(jobs.source(2, 50), 2, INTERVAL, null);
    awaitSubscribed(2);
    jobs.publisher.publish("t/1", 0, 500);
    awaitCount(500);
    JobClient fewer = jobs.run(jobs.source(1, 50), 2, NEVER, jobs.stop(job));
    await().until(() -> jobs.logged("Sending SUBACK to it-0") >= 2);
    // One checkpoint reports the session as established, so that the other is drained.
    jobs.savepoint(fewer);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> jobs.logged("Received DISCONNECT from it-1") >= 2);
    String savepoint = jobs.stop(fewer);
    assertThat(journals()).contains("it-1");

    JobClient again = jobs.run(jobs.source(2, 50), 2, INTERVAL, savepoint);
    jobs.publisher.publish("t/1", 500, 1000);
    awaitCount(1000);
    assertThat(Tally.numbers()).containsExactlyInAnyOrderElementsOf(upTo(1000));
    again.cancel().get();
  }

  private List<String> journals() throws IOException {
    try (var folders = Files.list(jobs.journalFolder())) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
