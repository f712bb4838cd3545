package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's journal while it is written. The task's thread appends and never waits; another one
 * writes, in groups. Where writing fails, what is not written is kept until a completed checkpoint
 * covers it or writing succeeds again.
 */
public final class SessionJournal {

  private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);

  /** Not written yet; beyond, no more messages should be taken. */
  private static final long ROOM_BYTES = 64L << 20;

  private final String sessionId;
  private final JournalOptions options;
  private final JournalFolder folder;
  private final SegmentLog log;
  private final WriteRetry retry;

  // Guarded by this.
  private RecordBatch open;
  private long next;
  private long covered;
  private long noted = JournalRecord.NONE;
  private long freeable = JournalRecord.NONE;

  // Of the writing thread.
  private final ArrayDeque<RecordBatch> unwritten = new ArrayDeque<>();
  private long durable;
  private long tidied;
  private long freed = JournalRecord.NONE;
  private boolean full;

  private volatile long waitingBytes;
  private volatile long passable;

  SessionJournal(
      String sessionId, JournalOptions options, JournalFolder folder, SegmentLog log, long next) {
    this.sessionId = sessionId;
    this.options = options;
    this.folder = folder;
    this.log = log;
    this.retry = new WriteRetry(sessionId);
    this.next = next;
    this.open = new RecordBatch(next);
    this.covered = JournalRecord.NONE;
    this.tidied = JournalRecord.NONE;
    this.durable = next - 1;
    this.passable = durable;
  }

  /**
   * Appends a message, in memory. Never blocks for the disk.
   *
   * @return its position
   */
  public synchronized long append(MqttMessage message, int packetId) {
    waitingBytes += open.add(packetId, message);
    return next++;
  }

  /**
   * A completed checkpoint holds the effect of all up to here.
   *
   * @param noted whether a start without state is to go on from here
   * @param freeable up to here no checkpoint is kept that would need them
   */
  public synchronized void cover(long position, boolean noted, long freeable) {
    covered = Math.max(covered, position);
    this.noted = noted ? Math.max(this.noted, position) : this.noted;
    this.freeable = Math.max(this.freeable, freeable);
  }

  /**
   * Writes what was appended, durably; for the one writing thread.
   *
   * @param nanos now
   * @return whether it wrote any
   * @throws JournalTakenException if another attempt has the journal; other failures of the disk
   *     are logged, and writing is tried again later
   */
  public boolean flush(long nanos) throws JournalTakenException {
    boolean wrote = write(nanos);
    passable = full || retry.failing() ? Long.MAX_VALUE : durable;
    return wrote;
  }

  private boolean write(long nanos) throws JournalTakenException {
    takeUnwritten();
    if (isFull() || retry.failing()) {
      // Otherwise they are written all the same: an older checkpoint may be resumed.
      dropCovered();
    }
    if (unwritten.isEmpty() || full || !retry.due(nanos)) {
      return false;
    }
    try {
      log.write(new ArrayList<>(unwritten));
      durable = unwritten.getLast().last();
      removeUnwritten(durable);
      retry.succeeded();
      return true;
    } catch (JournalTakenException e) {
      throw e;
    } catch (IOException e) {
      retry.failed(nanos, e);
      return false;
    }
  }

  private synchronized void dropCovered() {
    removeUnwritten(covered);
  }

  private synchronized void takeUnwritten() {
    if (!open.isEmpty()) {
      unwritten.add(open);
      open = new RecordBatch(next);
    }
  }

  private synchronized void removeUnwritten(long position) {
    while (!unwritten.isEmpty() && unwritten.getFirst().last() <= position) {
      waitingBytes -= unwritten.removeFirst().bytes();
    }
  }

  private boolean isFull() {
    boolean now = log.bytes() >= options.maxBytes();
    if (now && !full) {
      LOG.warn(
          "The journal of session {} has reached mqtt.journal.max-size ({} MB): until a checkpoint"
              + " frees some of it, messages are acknowledged by checkpoints alone",
          sessionId,
          options.maxBytes() >> 20);
    } else if (full && !now) {
      LOG.info("The journal of session {} has room again", sessionId);
    }
    full = now;
    return now;
  }

  /**
   * Up to here all may be acknowledged: it is durable, or, while nothing can be written, covered by
   * a completed checkpoint. Otherwise that is not enough, since an older one may be resumed. For
   * the writing thread.
   */
  public long safe() {
    if (!full && !retry.failing()) {
      return durable;
    }
    synchronized (this) {
      return Math.max(durable, covered);
    }
  }

  /**
   * Up to here messages that wait to be durable may be handed on: they are, or they cannot become
   * so, and detection matters more than their exact time after a crash. Any thread.
   */
  public long passable() {
    return passable;
  }

  /** Notes on disk what is covered, and frees what nobody needs. For the writing thread. */
  public void tidy() {
    long coveredNow;
    long freeNow;
    synchronized (this) {
      coveredNow = noted;
      freeNow = freeable;
    }
    try {
      if (coveredNow > tidied && coveredNow > JournalRecord.START) {
        folder.writeCovered(coveredNow);
        tidied = coveredNow;
      }
      if (freeNow > freed) {
        log.free(freeNow);
        freed = freeNow;
      }
    } catch (IOException e) {
      // With the next checkpoint again.
      tidied = coveredNow;
      LOG.warn("Cannot tidy the journal of session {}: {}", sessionId, e.toString());
    }
  }

  /** When to try again to write, on the clock of {@link #flush}; {@link Long#MAX_VALUE}: never. */
  public long retryAt() {
    return unwritten.isEmpty() ? Long.MAX_VALUE : retry.at();
  }

  /** Whether more messages should be taken. Any thread. */
  public boolean hasRoom() {
    return waitingBytes < ROOM_BYTES;
  }

  /** On disk. Any thread. */
  public long bytes() {
    return log.bytes();
  }

  /** When the oldest segment was begun, epoch milliseconds. Any thread. */
  public long oldestAt() {
    return log.oldestAt();
  }

  /** For the writing thread, at the end. */
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the journal of session {}: {}", sessionId, e.toString());
    }
  }
}
