package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.journal.JournalStore;
import io.motorwatch.source.mqtt.journal.JournalStore.Replayed;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A journal of a session that is acknowledged otherwise now: it is replayed, and removed once no
 * checkpoint needs it any more.
 */
final class LeftJournal implements SessionJournalLife, JournalGate.Plan {

  private static final long UNKNOWN = Long.MAX_VALUE - 1;

  private final String sessionId;
  private final long position;
  private final @Nullable JournalAccess access;
  private final MqttSourceMetrics metrics;
  private final JournalGate gate;
  private final CompletedPositions positions = new CompletedPositions();

  /** The last position there is; not known before all is handed over. */
  private volatile long end = UNKNOWN;

  /** Where the journal's part of the state begins, once that is known. */
  private volatile long from = JournalRecord.NONE;

  /** Whether a completed checkpoint has all of it, and the folder says so. */
  private volatile boolean covered;

  private boolean covering;
  private boolean deleted;

  /**
   * @param access null where nobody knows where journals are
   */
  LeftJournal(
      MqttSessionSplit split,
      @Nullable JournalAccess access,
      MessageHandover handover,
      MqttSourceMetrics metrics) {
    this.sessionId = split.splitId();
    this.position = split.progress().position();
    this.access = access;
    this.metrics = metrics;
    this.gate = new JournalGate(sessionId, position, this, handover, metrics);
  }

  @Override
  public SessionGate gate() {
    return gate;
  }

  @Override
  public @Nullable JournalStore store() throws IOException {
    JournalStore store = access == null ? null : access.store(sessionId);
    if (store != null && store.exists()) {
      return store;
    }
    if (position != JournalRecord.NONE) {
      JournalStore.logMissing(
          sessionId,
          access == null ? "any folder that is configured" : access.options().directory());
      metrics.journalLost(1);
    }
    covered = true;
    return null;
  }

  @Override
  public void replayed(JournalStore store, Replayed replayed) throws IOException {
    // From here on nothing counts that an attempt before still writes.
    store.open().close();
    end = replayed.last();
    from = replayed.from();
    covered = replayed.replayed() == 0 && position == JournalRecord.NONE;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void snapshot(long checkpointId, MqttSessionSplitState state) {
    if (covered) {
      state.position(JournalRecord.NONE);
    } else if (state.position() == JournalRecord.NONE) {
      state.position(from);
    }
    positions.snapshot(checkpointId, covered ? CompletedPositions.DONE : state.position());
  }

  @Override
  public void snapshotEnded(long checkpointId) {
    positions.snapshot(checkpointId, CompletedPositions.DONE);
  }

  @Override
  public void complete(long checkpointId) {
    long now = positions.complete(checkpointId);
    if (positions.freeable() == CompletedPositions.DONE) {
      if (!deleted) {
        deleted = true;
        gate.later(JournalStore::delete);
      }
    } else if (now >= end && end != UNKNOWN && !positions.anyUnknown() && !covering) {
      covering = true;
      gate.later(
          store -> {
            store.cover(end);
            covered = true;
          });
    }
  }

  @Override
  public void awaitTidied(long deadline) throws InterruptedException {
    gate.awaitTidied(deadline);
  }

  @Override
  public void close() {}
}
