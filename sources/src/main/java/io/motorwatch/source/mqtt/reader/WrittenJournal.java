package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.JournalStore.Replayed;
import io.motorwatch.source.mqtt.journal.JournalTakenException;
import io.motorwatch.source.mqtt.journal.JournalThread;
import io.motorwatch.source.mqtt.journal.SessionJournal;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that is acknowledged by its journal. The task's thread appends; a thread of its own
 * writes, and sends the acknowledgements. Where the disk does not answer, the thread that watches
 * over all sessions sends them.
 */
final class WrittenJournal implements SessionJournalLife, JournalGate.Plan, JournalThread.Work {

  private final String sessionId;
  private final JournalAccess access;
  private final JournalThread writer;
  private final JournalThread watcher;
  private final MqttSourceMetrics metrics;
  private final Consumer<AckHandle> onSent;
  private final Runnable onFlushed;
  private final JournalGate gate;
  private final JournaledAcks acks = new JournaledAcks();
  private final CompletedPositions positions = new CompletedPositions();
  private volatile @Nullable SessionJournal journal;

  /** Where the journal's part of the state begins, once that is known. */
  private volatile long from = JournalRecord.NONE;

  private volatile boolean ended;
  private boolean deleted;

  /**
   * @param watcher the thread that calls {@link #watch}
   * @param onSent called for each acknowledgement that was sent, on any thread
   * @param onFlushed called on any thread when more may be passable
   */
  WrittenJournal(
      MqttSessionSplit split,
      JournalAccess access,
      MessageHandover handover,
      JournalThread watcher,
      MqttSourceMetrics metrics,
      Consumer<AckHandle> onSent,
      Runnable onFlushed) {
    this.sessionId = split.splitId();
    this.access = access;
    this.watcher = watcher;
    this.writer =
        new JournalThread(
            "mqtt-journal-write-" + sessionId, this, problem -> Journals.fail(handover, problem));
    this.metrics = metrics;
    this.onSent = onSent;
    this.onFlushed = onFlushed;
    this.gate = new JournalGate(sessionId, split.progress().position(), this, handover, metrics);
  }

  @Override
  public SessionGate gate() {
    return gate;
  }

  @Override
  public JournalStore store() throws IOException {
    return access.store(sessionId);
  }

  @Override
  public void replayed(JournalStore store, Replayed replayed) throws IOException {
    from = replayed.from();
    journal = store.open();
    writer.start();
  }

  @Override
  public boolean hasRoom() {
    SessionJournal now = journal;
    return now == null || now.hasRoom();
  }

  /** A new message was handed on. */
  void emitted(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    // Nothing comes by the network before it is open.
    SessionJournal now = Objects.requireNonNull(journal, "no journal is open");
    state.position(now.append(received.message(), ack.packetId()));
    queue(ack, state);
  }

  /** One came that waits to be durable. */
  void held(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    SessionJournal now = Objects.requireNonNull(journal, "no journal is open");
    state.hold(now.append(received.message(), ack.packetId()), received.message(), ack);
    queue(ack, state);
  }

  /** The last position that need not wait. Any thread. */
  long passable() {
    SessionJournal now = journal;
    return now == null ? JournalRecord.NONE : now.passable();
  }

  /** Sends the acknowledgement behind those of all messages before. */
  void queue(AckHandle ack, MqttSessionSplitState state) {
    state.uses(ack);
    acks.add(state.appended(), ack);
    writer.wake();
  }

  void dropStale() {
    acks.dropStale(metrics::staleAckDropped);
  }

  @Override
  public void snapshot(long checkpointId, MqttSessionSplitState state) {
    if (state.position() == JournalRecord.NONE) {
      state.position(from);
    }
    positions.snapshot(checkpointId, state.position());
  }

  @Override
  public void snapshotEnded(long checkpointId) {
    positions.snapshot(checkpointId, CompletedPositions.DONE);
  }

  @Override
  public void complete(long checkpointId) {
    long covered = positions.complete(checkpointId);
    if (covered == CompletedPositions.DONE) {
      boolean free = positions.freeable() == CompletedPositions.DONE;
      if (!ended && !positions.anyUnknown()) {
        ended = true;
        writer.finish();
        if (!free) {
          noteEnd();
        }
      }
      if (free && !deleted) {
        deleted = true;
        gate.later(store -> afterWriting(store::delete));
      }
    } else if (covered != JournalRecord.NONE) {
      SessionJournal now = journal;
      if (now != null) {
        now.cover(covered, !positions.anyUnknown(), positions.freeable());
        writer.wake();
        watcher.wake();
      }
    }
  }

  /** A session of this name that is configured again must not read what this one has read. */
  private void noteEnd() {
    SessionJournal now = journal;
    if (now != null) {
      gate.later(store -> afterWriting(() -> store.cover(now.last())));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * The writer may be closed long since: a reader whose sessions all have ended closes them. Where
   * its disk hangs the folder is left as it is.
   */
  private void afterWriting(Step step) throws IOException, InterruptedException {
    if (writer.awaitEnd(System.nanoTime() + access.closeLimit().toNanos())) {
      step.run();
    }
  }

  @Override
  public long pauseNanos() {
    SessionJournal now = journal;
    return now == null ? 0 : now.pauseNanos();
  }

  @Override
  public long run(long nanos) throws JournalTakenException {
    SessionJournal now = journal;
    if (now == null) {
      return Long.MAX_VALUE;
    }
    long begun = System.nanoTime();
    if (now.flush(nanos)) {
      metrics.journalFlushed(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
    release(now);
    boolean tidy = now.tidy();
    gate.changed();
    return tidy ? now.retryAt() : nanos;
  }

  @Override
  public void end() {
    SessionJournal now = journal;
    if (now != null) {
      now.close();
    }
  }

  private void release(SessionJournal now) {
    onFlushed.run();
    acks.release(now.safe(), onSent, metrics::staleAckDropped);
  }

  /** Does the writing thread's part where the disk holds that up. */
  void watch(long nanos) {
    gate.watch(nanos, access.stallLimit());
    SessionJournal now = journal;
    if (now != null && !ended && now.watch(nanos, access.stallLimit())) {
      release(now);
      gate.changed();
    }
  }

  long bytes() {
    SessionJournal now = journal;
    return now == null || ended ? 0 : now.bytes();
  }

  /** Epoch milliseconds, or {@link Long#MAX_VALUE}. */
  long oldestAt() {
    SessionJournal now = journal;
    return now == null || ended ? Long.MAX_VALUE : now.oldestAt();
  }

  long oldestArrival() {
    return acks.oldestArrival();
  }

  @Override
  public void awaitTidied(long deadline) throws InterruptedException {
    gate.awaitTidied(deadline);
  }

  @Override
  public void close() {
    writer.finish();
  }

  @Override
  public boolean awaitClosed(long deadline) throws InterruptedException {
    return writer.awaitEnd(deadline);
  }
}
