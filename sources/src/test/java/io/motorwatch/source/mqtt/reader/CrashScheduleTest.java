package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.HangingFileSystem;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.ObjectStoreFileSystem;
import io.motorwatch.source.mqtt.journal.SessionJournal;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Failures at every point between receipt, append, flush, acknowledgement and checkpoint, by a
 * schedule of a seed: the job has each message once and in order. Former attempts go on for a
 * while; tails are torn; the mode changes between attempts. More: {@code -Djournal.seeds=1000}.
 */
@Timeout(300)
class CrashScheduleTest {

  private static final String SESSION = "it-0";
  private static final int TOTAL = 1000;

  /** A checkpoint: the state, what the job had done by then, and which completed one it is. */
  private record Checkpoint(byte[] state, int effects, int serial) {}

  @TempDir Path folder;

  private final List<Integer> effects = new ArrayList<>();
  private final TreeMap<Long, Checkpoint> pending = new TreeMap<>();
  private final List<Checkpoint> completed = new ArrayList<>();
  private final Map<Integer, Long> arrivals = new HashMap<>();
  private List<String> timedByArrival = List.of();
  private Random random = new Random();
  private SimulatedBroker broker = new SimulatedBroker(SESSION, 1, 1);
  private SimulatedReader reader;
  private SimulatedReader former;
  private JournalOptions journal;
  private HangingFileSystem disk = new HangingFileSystem();
  private HangingFileSystem formerDisk = disk;
  private Duration stallLimit = SessionJournal.STALL_LIMIT;
  private long nextCheckpoint;
  private int completedEver;

  /** What happens besides failures. */
  private enum Besides {
    NOTHING,
    /** The job is started in the other mode at times. */
    CHANGED_MODES,
    /** It is started from an older checkpoint at times; the journal was flushed before. */
    OLDER_CHECKPOINTS,
    /** Messages take their time from arrival: it is the same however often one is handed on. */
    TIMED_BY_ARRIVAL,
    /** The disk does not answer at times. */
    HANGING_DISK,
    /** The journal is in an object store; there, nothing is torn. */
    OBJECT_STORE
  }

  @ParameterizedTest
  @EnumSource
  void theJobHasEachMessageOnceWhateverFailsWhen(Besides besides) throws Exception {
    int seeds = Integer.getInteger("journal.seeds", 15);
    for (int seed = 0; seed < seeds; seed++) {
      run(seed, besides);
    }
  }

  private void run(int seed, Besides besides) throws Exception {
    random = new Random(seed);
    int window = 5 + random.nextInt(60);
    broker = new SimulatedBroker(SESSION, window, TOTAL);
    Path own = folder.resolve(besides + "-" + seed);
    String directory =
        besides == Besides.OBJECT_STORE ? ObjectStoreFileSystem.uri(own) : own.toString();
    journal = new JournalOptions(directory, Duration.ofMillis(random.nextInt(3)), 1L << 20);
    timedByArrival = besides == Besides.TIMED_BY_ARRIVAL ? List.of("#") : List.of();
    arrivals.clear();
    effects.clear();
    pending.clear();
    completed.clear();
    nextCheckpoint = 1;
    completedEver = 0;
    stallLimit = besides == Besides.HANGING_DISK ? Duration.ZERO : SessionJournal.STALL_LIMIT;
    reader = start(AckMode.JOURNAL);
    former = null;
    for (int step = 0; step < 400; step++) {
      if (besides == Besides.HANGING_DISK) {
        hangOrAnswer();
      }
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> reader.receive(random.nextInt(2 * window));
        case 3, 4, 5, 6 -> reader.emit(random.nextInt(2 * window));
        case 7, 8 -> checkpoint();
        case 9 -> completeOne();
        case 10 -> {
          if (random.nextInt(4) == 0) {
            reader.reconnect();
          }
        }
        default -> {
          if (random.nextInt(4) == 0) {
            crash(own, besides);
          }
        }
      }
    }
    formerDisk.answer();
    if (random.nextBoolean()) {
      // Otherwise checkpoints alone bring it to its end.
      disk.answer();
    }
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(60))
        .until(this::finished);
    disk.answer();
    reader.close();
    assertThat(effects).as("seed %d", seed).isEqualTo(IntStream.range(0, TOTAL).boxed().toList());
    assertThat(broker.fault()).as("seed %d", seed).isNull();
  }

  private SimulatedReader start(AckMode mode) throws IOException {
    MqttSessionSplit split = MqttSessionSplit.fresh(0, SESSION, List.of(), List.of());
    if (!completed.isEmpty()) {
      Checkpoint last = completed.get(completed.size() - 1);
      MqttSessionSplitSerializer serializer = new MqttSessionSplitSerializer();
      split = serializer.deserialize(serializer.getVersion(), last.state());
    }
    // A disk of its own: the attempt before may still wait for it, as on another machine.
    formerDisk = disk;
    HangingFileSystem own = new HangingFileSystem();
    disk = own;
    FileSystem files = journal.directory().startsWith("s3:") ? new ObjectStoreFileSystem() : own;
    JournalAccess access =
        new JournalAccess(
            journal,
            session -> JournalStore.of(files, journal, session),
            stallLimit,
            Duration.ofMinutes(1));
    return new SimulatedReader(mode, access, timedByArrival, broker, split, effects, this::arrived);
  }

  private void arrived(int number, long at) {
    Long before = arrivals.put(number, at);
    if (!timedByArrival.isEmpty()) {
      assertThat(before).as("arrival of %d", number).isIn(null, at);
    }
  }

  private void hangOrAnswer() {
    if (random.nextInt(20) == 0) {
      disk.hang();
    } else if (random.nextInt(20) == 0) {
      disk.answer();
    }
  }

  private void checkpoint() throws IOException {
    long id = nextCheckpoint++;
    pending.put(id, new Checkpoint(reader.snapshot(id), effects.size(), 0));
  }

  /** Any of them: one that was aborted is never completed. */
  private void completeOne() {
    if (!pending.isEmpty()) {
      List<Long> ids = new ArrayList<>(pending.keySet());
      long id = ids.get(random.nextInt(ids.size()));
      Checkpoint one = pending.get(id);
      completed.add(new Checkpoint(one.state(), one.effects(), ++completedEver));
      pending.headMap(id, true).clear();
      // It is complete before the reader hears of it, if it ever does.
      if (random.nextInt(5) > 0) {
        reader.complete(id);
      }
    }
  }

  private void crash(Path own, Besides besides) throws IOException {
    if (former != null) {
      formerDisk.answer();
      former.close();
    }
    former = reader;
    if (besides == Besides.OLDER_CHECKPOINTS) {
      reader.close();
      fallBack();
    }
    pending.clear();
    int kept = completed.isEmpty() ? 0 : completed.get(completed.size() - 1).effects();
    effects.subList(kept, effects.size()).clear();
    if (besides != Besides.OBJECT_STORE) {
      tear(own);
    }
    AckMode mode =
        besides == Besides.CHANGED_MODES && random.nextInt(3) == 0
            ? AckMode.CHECKPOINT
            : AckMode.JOURNAL;
    reader = start(mode);
    assertThat(reader.recorded.count(MqttSourceMetrics.JOURNAL_LOST)).isZero();
  }

  /** Where the newest cannot be read, one of the two before is taken. */
  private void fallBack() {
    for (int most = random.nextInt(3); most > 0 && completed.size() > 1; most--) {
      if (completedEver - completed.get(completed.size() - 2).serial() < 3) {
        completed.remove(completed.size() - 1);
      }
    }
  }

  /** Something that was never durable is at the end of the newest segment. */
  private void tear(Path own) throws IOException {
    Path session = own.resolve(SESSION);
    if (!Files.isDirectory(session) || random.nextBoolean()) {
      return;
    }
    try (Stream<Path> files = Files.list(session)) {
      List<Path> segments =
          files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
      if (!segments.isEmpty()) {
        byte[] torn = new byte[random.nextInt(40)];
        random.nextBytes(torn);
        try {
          Files.write(segments.get(segments.size() - 1), torn, StandardOpenOption.APPEND);
        } catch (NoSuchFileException e) {
          // The former attempt has just removed it.
        }
      }
    }
  }

  private boolean finished() throws IOException {
    assertThat(broker.fault()).isNull();
    reader.receive(100);
    reader.emit(1000);
    if (random.nextInt(20) == 0) {
      checkpoint();
      completeOne();
    }
    return broker.holdsNothing() && effects.size() >= TOTAL;
  }
}
