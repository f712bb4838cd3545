package io.motorwatch.benchmarks;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.SessionJournal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a session's journal costs: messages of 120 bytes at a steady rate, with and without one. All
 * threads count, that which writes and syncs among them. Then how fast one is read again.
 */
@Command
final class JournalBenchmark implements Benchmark {

  private static final byte[] PAYLOAD = "x".repeat(120).getBytes(StandardCharsets.US_ASCII);
  private static final String TOPIC = "site/plant-1/device/motor-0001/telemetry";
  private static final int STEPS_PER_SECOND = 1_000;
  private static final long STEP_NANOS = 1_000_000_000L / STEPS_PER_SECOND;
  private static final String SESSION = "bench-0";

  @Option(
      names = "--rate",
      paramLabel = "MSG_PER_S",
      defaultValue = "30000",
      description = "Messages a second, 1,000 or more; default ${DEFAULT-VALUE}.")
  int rate;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Of each measurement; default ${DEFAULT-VALUE}.")
  int seconds;

  @Mixin final SharedOptions.BestOf bestOf = new SharedOptions.BestOf();

  private enum Variant {
    WITHOUT,
    WITH
  }

  /** Takes what is sent, and is closed when all is. */
  private interface Receiver extends AutoCloseable {
    void take(MqttMessage message, int packetId);

    @Override
    void close() throws InterruptedException;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    long messages = (long) rate / STEPS_PER_SECOND * STEPS_PER_SECOND * seconds;
    Map<Variant, Cost> least =
        Rounds.least(bestOf.rounds, List.of(Variant.values()), this::measure);
    double without = least.get(Variant.WITHOUT).cpuSecondsPerMillion(messages);
    double with = least.get(Variant.WITH).cpuSecondsPerMillion(messages);
    out.println(new Result("journal", "without").with("cpuMicrosPerMessage", without));
    out.println(
        new Result("journal", "with")
            .with("msgPerSecond", rate)
            .with("cpuMicrosPerMessage", with)
            .with("costMicrosPerMessage", with - without));
    out.println(replay());
  }

  private Cost measure(Variant variant) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Receiver receiver =
          variant == Variant.WITH ? new Journaled(open(store(folder))) : new Discarding();
      Cost.Meter meter = Cost.start();
      send(receiver);
      receiver.close();
      return meter.stop();
    }
  }

  private void send(Receiver receiver) {
    int packetId = 1;
    long next = System.nanoTime();
    for (long step = 0; step < (long) seconds * STEPS_PER_SECOND; step++) {
      for (int i = 0; i < rate / STEPS_PER_SECOND; i++) {
        packetId = packetId % 65_535 + 1;
        receiver.take(new MqttMessage(TOPIC, PAYLOAD.clone(), false, 1, null, step), packetId);
      }
      next += STEP_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static JournalStore store(TemporaryFolder folder) throws IOException {
    JournalStore store =
        JournalStore.of(
            new JournalOptions(
                folder.path().toUri().toString(),
                JournalOptions.DEFAULT_FLUSH,
                JournalOptions.DEFAULT_MAX_BYTES),
            SESSION);
    store.claim();
    return store;
  }

  private static SessionJournal open(JournalStore store) throws IOException, InterruptedException {
    store.replay(JournalRecord.NONE, journalRecord -> {});
    return store.open();
  }

  /** Reads all again that one measurement has written. */
  private Result replay() throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      try (Receiver receiver = new Journaled(open(store(folder)))) {
        send(receiver);
      }
      long from = System.nanoTime();
      JournalStore.Replayed replayed =
          store(folder).replay(JournalRecord.NONE, journalRecord -> {});
      double elapsed = (System.nanoTime() - from) / 1e9;
      return new Result("journal", "replay")
          .with("messages", replayed.replayed())
          .with("msgPerSecond", replayed.replayed() / elapsed);
    }
  }

  private static final class Discarding implements Receiver {

    private long bytes;

    @Override
    public void take(MqttMessage message, int packetId) {
      bytes += message.payload().length;
    }

    @Override
    public void close() {
      if (bytes == 0) {
        throw new IllegalStateException("nothing was sent");
      }
    }
  }

  /** Flushes as the source does. */
  private static final class Journaled implements Receiver {

    private final SessionJournal journal;
    private final Thread thread = new Thread(this::flush, "flush");
    private volatile boolean ended;

    Journaled(SessionJournal journal) {
      this.journal = journal;
      thread.start();
    }

    @Override
    public void take(MqttMessage message, int packetId) {
      journal.append(message, packetId);
    }

    private void flush() {
      try {
        boolean last;
        do {
          last = ended;
          long begun = System.nanoTime();
          journal.flush(begun);
          LockSupport.parkNanos(begun + journal.pauseNanos() - System.nanoTime());
        } while (!last);
        journal.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended = true;
      thread.join();
    }
  }
}
