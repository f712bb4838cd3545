package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.journal.JournalFolder.Note;
import io.motorwatch.source.mqtt.journal.JournalHistory.Range;
import io.motorwatch.source.mqtt.journal.SegmentHeader.Part;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of one epoch, written one after the other, and those before. For one thread. */
final class SegmentLog implements AutoCloseable {

  private static final long MAX_ROLL_BYTES = 16L << 20;

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
  private @Nullable SegmentWriter writer;
  private long writerSince;
  private int sequence;
  private long next;
  private volatile long bytes;
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
    log.begin(next);
    for (SegmentFile other : history.others()) {
      folder.delete(other);
    }
    folder.removeClaimsBefore(epoch);
    return log;
  }

  private SegmentWriter begin(long first) throws IOException {
    close();
    SegmentHeader header = new SegmentHeader(epoch, first, lineage);
    SegmentWriter fresh = SegmentWriter.create(folder.files(), folder.path(), sequence++, header);
    writer = fresh;
    writerSince = System.currentTimeMillis();
    next = first;
    measure();
    return fresh;
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
      folder.checkOwned(epoch);
      now = begin(first);
    }
    try {
      for (RecordBatch batch : batches) {
        batch.writeTo(now);
      }
      now.sync();
    } catch (IOException e) {
      abandon(now, e);
      throw e;
    }
    next = batches.get(batches.size() - 1).last() + 1;
    measure();
  }

  private void abandon(SegmentWriter failed, IOException e) {
    failed.closeQuietly(e);
    done.add(new Done(failed.file(), next, failed.bytes(), writerSince));
    writer = null;
    measure();
  }

  /** Removes the segments of which nothing lies behind this position. */
  void free(long position) throws IOException {
    SegmentWriter now = writer;
    if (now != null && now.bytes() >= rollBytes) {
      folder.checkOwned(epoch);
      begin(next);
    }
    List<Done> needless = needless(position);
    if (!needless.isEmpty()) {
      // First, so that nobody takes it for a loss.
      folder.write(Note.FREED, needless.get(needless.size() - 1).end() - 1);
    }
    for (Done segment : needless) {
      folder.delete(segment.file());
      done.remove();
    }
    measure();
  }

  private List<Done> needless(long position) {
    List<Done> needless = new ArrayList<>();
    for (Done segment : done) {
      // One is kept in any case: it says which epoch counts.
      if (segment.end() > position + 1 || (writer == null && needless.size() == done.size() - 1)) {
        break;
      }
      needless.add(segment);
    }
    return needless;
  }

  /** Of all files. Any thread. */
  long bytes() {
    return bytes;
  }

  /** When the oldest segment was begun or found, epoch milliseconds. Any thread. */
  long oldestAt() {
    return oldestAt;
  }

  private void measure() {
    SegmentWriter now = writer;
    bytes = done.stream().mapToLong(Done::bytes).sum() + (now == null ? 0 : now.bytes());
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
