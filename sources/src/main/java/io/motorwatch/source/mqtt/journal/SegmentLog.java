package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.journal.JournalFolder.Note;
import io.motorwatch.source.mqtt.journal.JournalHistory.Range;
import io.motorwatch.source.mqtt.journal.SegmentHeader.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segments of one epoch, written one after the other, and those before. For one thread. */
final class SegmentLog implements AutoCloseable {

  private static final long MAX_ROLL_BYTES = 16L << 20;

  /**
   * How often an attempt that makes many objects looks whether it is replaced. It only ends it
   * sooner: what it writes by then does not count, and its connection has ended.
   */
  private static final long CHECK_NANOS = Duration.ofSeconds(10).toNanos();

  /** How long removing may take at a time: an object takes some 30 ms, and flushes wait. */
  private static final long FREE_NANOS = Duration.ofMillis(100).toNanos();

  /**
   * A segment that is no longer written.
   *
   * @param end the position behind its last record
   */
  private record Done(SegmentFile file, long end, long bytes, long begunAt) {}

  private final JournalFolder folder;
  private final long rollBytes;
  private final long epoch;
  private final List<Part> lineage;
  private final Deque<Done> done = new ArrayDeque<>();

  /** To be removed. */
  private final Deque<Done> needless = new ArrayDeque<>();

  private @Nullable SegmentWriter writer;
  private long writerSince;
  private long checkedAt = System.nanoTime();
  private int sequence;
  private long next;
  private volatile long bytes;
  private volatile int files;
  private volatile long oldestAt;

  private SegmentLog(JournalFolder folder, long maxBytes, long epoch, JournalHistory history) {
    this.folder = folder;
    // A segment is freed as a whole.
    this.rollBytes = Math.min(MAX_ROLL_BYTES, maxBytes / 8);
    this.epoch = epoch;
    this.lineage = history.lineage();
    long now = System.currentTimeMillis();
    for (Range range : history.ranges()) {
      done.add(new Done(range.segment(), range.end(), range.segment().bytes(), now));
    }
  }

  /** Goes on from a history: from here on it is this epoch that counts. */
  static SegmentLog open(
      JournalFolder folder, long maxBytes, long epoch, JournalHistory history, long next)
      throws IOException {
    SegmentLog log = new SegmentLog(folder, maxBytes, epoch, history);
    log.beginEmpty(next);
    for (SegmentFile other : history.others()) {
      folder.delete(other);
    }
    folder.removeClaimsBefore(epoch);
    return log;
  }

  private SegmentWriter begin(long first) throws IOException {
    close();
    SegmentHeader header = new SegmentHeader(epoch, first, lineage);
    SegmentWriter fresh = SegmentWriter.create(folder, sequence++, header);
    writer = fresh;
    writerSince = System.currentTimeMillis();
    next = first;
    measure();
    return fresh;
  }

  /** Durable with its header alone: it says which epoch counts. */
  private void beginEmpty(long first) throws IOException {
    SegmentWriter fresh = begin(first);
    try {
      committed(fresh);
    } catch (IOException e) {
      abandon(fresh, e);
      throw e;
    }
  }

  private void committed(SegmentWriter now) throws IOException {
    now.commit();
    if (now.closed()) {
      close();
    }
  }

  /**
   * Writes records, durably.
   *
   * @throws IOException if it failed: then they have to be written again, and come into another
   *     segment
   */
  void write(List<RecordBatch> batches) throws IOException {
    long first = batches.get(0).first();
    SegmentWriter now = writer;
    if (now == null || first != next || now.bytes() >= rollBytes) {
      checkOwned();
      now = begin(first);
    }
    long before = next;
    try {
      for (RecordBatch batch : batches) {
        batch.writeTo(now);
      }
      next = batches.get(batches.size() - 1).last() + 1;
      committed(now);
    } catch (IOException e) {
      next = before;
      abandon(now, e);
      throw e;
    }
    measure();
  }

  /**
   * Makes sure that no other attempt has the journal, and that it is still there; on object stores
   * every now and then.
   */
  void checkOwned() throws IOException {
    long now = System.nanoTime();
    if (folder.durability() == Durability.SYNC || now - checkedAt >= CHECK_NANOS) {
      checkedAt = now;
      folder.checkOwned(epoch);
    }
  }

  private void abandon(SegmentWriter failed, IOException e) {
    failed.closeQuietly(e);
    done.add(new Done(failed.file(), next, failed.bytes(), writerSince));
    writer = null;
    measure();
  }

  /**
   * Removes segments of which nothing lies behind this position; some at a time.
   *
   * @return whether none is left
   */
  boolean free(long position) throws IOException {
    if (lastBytes() >= rollBytes && next <= position + 1) {
      folder.checkOwned(epoch);
      beginEmpty(next);
    }
    List<Done> found = findNeedless(position);
    if (!found.isEmpty()) {
      // First, so that nobody takes it for a loss.
      folder.write(Note.FREED, found.get(found.size() - 1).end() - 1);
      needless.addAll(found);
      found.forEach(segment -> done.remove());
    }
    long begun = System.nanoTime();
    while (!needless.isEmpty() && System.nanoTime() - begun < FREE_NANOS) {
      folder.delete(needless.peek().file());
      needless.remove();
    }
    measure();
    return needless.isEmpty();
  }

  private long lastBytes() {
    SegmentWriter now = writer;
    Done last = done.peekLast();
    return now != null ? now.bytes() : last == null ? 0 : last.bytes();
  }

  private List<Done> findNeedless(long position) {
    List<Done> found = new ArrayList<>();
    for (Done segment : done) {
      // One is kept in any case: it says which epoch counts.
      if (segment.end() > position + 1 || (writer == null && found.size() == done.size() - 1)) {
        break;
      }
      found.add(segment);
    }
    return found;
  }

  /** Of all files. Any thread. */
  long bytes() {
    return bytes;
  }

  /** How many there are. Any thread. */
  int files() {
    return files;
  }

  /** When the oldest segment was begun or found, epoch milliseconds. Any thread. */
  long oldestAt() {
    return oldestAt;
  }

  private void measure() {
    SegmentWriter now = writer;
    long written = now == null ? 0 : now.bytes();
    bytes = written + Stream.concat(done.stream(), needless.stream()).mapToLong(Done::bytes).sum();
    files = done.size() + needless.size() + (now == null ? 0 : 1);
    Done oldest = done.peek();
    oldestAt = oldest == null ? writerSince : oldest.begunAt();
  }

  @Override
  public void close() throws IOException {
    SegmentWriter last = writer;
    if (last != null) {
      writer = null;
      done.add(new Done(last.file(), next, last.bytes(), writerSince));
      last.close();
    }
  }
}
