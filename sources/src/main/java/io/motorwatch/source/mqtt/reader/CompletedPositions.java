package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.journal.JournalRecord;
import java.util.ArrayDeque;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The positions of a session's journal that checkpoints hold. The newest three completed ones can
 * be resumed from, since an older one is taken where the newest cannot be read. For the task's
 * thread.
 */
final class CompletedPositions {

  /** The checkpoint needs no journal of the session. */
  static final long DONE = Long.MAX_VALUE;

  private static final int KEPT = 3;

  private final TreeMap<Long, Long> snapshots = new TreeMap<>();
  private final ArrayDeque<Long> completed = new ArrayDeque<>();

  /** A checkpoint's barrier passes. */
  void snapshot(long checkpointId, long position) {
    snapshots.put(checkpointId, position);
  }

  /**
   * A checkpoint is complete.
   *
   * @return its position, or {@link JournalRecord#NONE} if it has none
   */
  long complete(long checkpointId) {
    NavigableMap<Long, Long> until = snapshots.headMap(checkpointId, true);
    if (until.isEmpty()) {
      return JournalRecord.NONE;
    }
    long position = until.lastEntry().getValue();
    until.clear();
    completed.add(position);
    if (completed.size() > KEPT) {
      completed.remove();
    }
    return position;
  }

  /**
   * Whether one that may be resumed from does not know its position, as the journal was not read by
   * then: resumed, it goes on from where a start without state does, which must not be behind it.
   */
  boolean anyUnknown() {
    return completed.contains(JournalRecord.NONE);
  }

  /** Up to here no checkpoint that may be resumed from needs the journal. */
  long freeable() {
    return completed.size() < KEPT
        ? JournalRecord.NONE
        : completed.stream().mapToLong(Long::longValue).min().orElse(JournalRecord.NONE);
  }
}
