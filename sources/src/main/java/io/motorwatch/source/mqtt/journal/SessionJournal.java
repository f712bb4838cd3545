package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalFolder.Note;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's journal while it is written. The task's thread appends and never waits; another one
 * writes, in groups. Where writing fails or does not return, what is not written is kept until a
 * completed checkpoint covers it or writing succeeds again.
 */
public final class SessionJournal {

  /**
   * After so long a write counts as one that may never return. A disk that is merely busy, or whose
   * controller recovers a sector, answers within some seconds; a broker with a small window sends
   * nothing meanwhile.
   */
  public static final Duration STALL_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);

  /**
   * Not written yet; beyond, no more messages should be taken. What a write that does not return
   * has taken is not among it once a checkpoint covers it.
   */
  private static final long ROOM_BYTES = 64L << 20;

  /** More than brokers with small windows send ahead: 32, 50 or 100. */
  private static final int MANY = 256;

  private static final int LONGER_PAUSE = 4;

  private final String sessionId;
  private final JournalOptions options;
  private final JournalFolder folder;

  /** Of the writing thread. */
  private final SegmentLog log;

  // Guarded by this. Never held while the disk is asked.
  private final WriteRetry retry;
  private final WriteStall stall;
  private final ArrayDeque<RecordBatch> unwritten = new ArrayDeque<>();
  private RecordBatch open;
  private long next;
  private long durable;
  private long covered = JournalRecord.NONE;
  private long dropped = JournalRecord.NONE;
  private long noted = JournalRecord.NONE;
  private long freeable = JournalRecord.NONE;
  private boolean full;
  private boolean wroteMany;
  private long roundNanos;

  // Of the writing thread.
  private long tidied = JournalRecord.NONE;
  private long freed = JournalRecord.NONE;

  private volatile long waitingBytes;

  SessionJournal(
      String sessionId, JournalOptions options, JournalFolder folder, SegmentLog log, long next) {
    this.sessionId = sessionId;
    this.options = options;
    this.folder = folder;
    this.log = log;
    this.retry = new WriteRetry(sessionId);
    this.stall = new WriteStall(sessionId, folder.path());
    this.next = next;
    this.open = new RecordBatch(next);
    this.durable = next - 1;
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

  /** The last position there is. */
  public synchronized long last() {
    return next - 1;
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
    List<RecordBatch> batches = toWrite(nanos);
    if (batches.isEmpty()) {
      return false;
    }
    try {
      log.write(batches);
      written(batches.get(batches.size() - 1).last());
      return true;
    } catch (JournalTakenException e) {
      answered();
      throw e;
    } catch (IOException e) {
      failed(nanos, e);
      return false;
    }
  }

  private synchronized List<RecordBatch> toWrite(long nanos) {
    roundNanos = nanos;
    takeUnwritten();
    if (isFull() || retry.failing()) {
      // Otherwise they are written all the same: an older checkpoint may be resumed.
      dropCovered();
    }
    if (unwritten.isEmpty() || full || !retry.due(nanos)) {
      return List.of();
    }
    stall.begun(nanos);
    return new ArrayList<>(unwritten);
  }

  private synchronized void written(long last) {
    wroteMany = last - durable >= MANY && options.durability() == Durability.SYNC;
    durable = last;
    removeUnwritten(last);
    stall.ended();
    retry.succeeded();
  }

  private synchronized void failed(long nanos, IOException cause) {
    stall.ended();
    retry.failed(nanos, cause);
  }

  /** These are never written: that a completed checkpoint covers them has to be enough. */
  private void dropCovered() {
    dropped = Math.max(dropped, removeUnwritten(covered));
  }

  private void takeUnwritten() {
    if (!open.isEmpty()) {
      unwritten.add(open);
      open = new RecordBatch(next);
    }
  }

  /** The last that it removed. */
  private synchronized long removeUnwritten(long position) {
    long last = JournalRecord.NONE;
    while (!unwritten.isEmpty() && unwritten.getFirst().last() <= position) {
      RecordBatch removed = unwritten.removeFirst();
      waitingBytes -= removed.bytes();
      last = removed.last();
    }
    return last;
  }

  private boolean isFull() {
    boolean now = log.bytes() >= options.maxBytes() || log.files() >= options.maxFiles();
    if (now && !full) {
      LOG.warn(
          "The journal of session {} has reached mqtt.journal.max-size ({} MB) or {} files: until a"
              + " checkpoint frees some of it, messages are acknowledged by checkpoints alone",
          sessionId,
          options.maxBytes() >> 20,
          options.maxFiles());
    } else if (full && !now) {
      LOG.info("The journal of session {} has room again", sessionId);
    }
    full = now;
    return now;
  }

  /**
   * Looks whether the disk has not answered for too long. From then on until it does, completed
   * checkpoints take the place of writing, as where writing fails. For any thread but the writing
   * one.
   *
   * @param nanos now, on the clock of {@link #flush}
   * @return whether it hangs
   */
  public synchronized boolean watch(long nanos, Duration limit) {
    if (!stall.check(nanos, limit)) {
      return false;
    }
    takeUnwritten();
    dropCovered();
    return true;
  }

  /**
   * Up to here all may be acknowledged: it is durable, or, while nothing can be written, covered by
   * a completed checkpoint. Otherwise that is not enough, since an older one may be resumed. Any
   * thread.
   */
  public synchronized long safe() {
    return Math.max(durable, writes() ? dropped : covered);
  }

  private boolean writes() {
    return !full && !retry.failing() && !stall.stalled();
  }

  /**
   * Up to here messages that wait to be durable may be handed on: they are, or they cannot become
   * so, and detection matters more than their exact time after a crash. Any thread.
   */
  public synchronized long passable() {
    return writes() ? durable : Long.MAX_VALUE;
  }

  /**
   * Notes on disk what is covered, and frees what nobody needs. For the writing thread.
   *
   * @return whether nothing of that is left to be done
   * @throws JournalTakenException if the folder was removed, or another attempt has it
   */
  public boolean tidy() throws JournalTakenException {
    long coveredNow;
    long freeNow;
    synchronized (this) {
      coveredNow = noted;
      freeNow = freeable;
      // It is the same round as the flush before.
      stall.begun(roundNanos);
    }
    try {
      if (coveredNow > tidied && coveredNow > JournalRecord.START) {
        // Writing goes on in a file that was removed: only the listing shows that.
        log.checkOwned();
        folder.write(Note.COVERED, coveredNow);
        tidied = coveredNow;
      }
      if (freeNow > freed) {
        if (!log.free(freeNow)) {
          return false;
        }
        freed = freeNow;
      }
    } catch (JournalTakenException e) {
      throw e;
    } catch (IOException e) {
      // With the next checkpoint again.
      tidied = coveredNow;
      freed = freeNow;
      LOG.warn("Cannot tidy the journal of session {}: {}", sessionId, e.toString());
    } finally {
      answered();
    }
    return true;
  }

  private synchronized void answered() {
    stall.ended();
  }

  /**
   * How long to wait between two flushes, nanoseconds. After one that wrote many the next may take
   * its time: a sync costs the same whatever it makes durable, and a broker that sends so many has
   * a window that lasts longer.
   */
  public synchronized long pauseNanos() {
    return options.flush().toNanos() * (wroteMany ? LONGER_PAUSE : 1);
  }

  /** When to try again to write, on the clock of {@link #flush}; {@link Long#MAX_VALUE}: never. */
  public synchronized long retryAt() {
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
