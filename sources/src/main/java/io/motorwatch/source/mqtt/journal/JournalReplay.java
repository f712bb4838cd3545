package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.journal.JournalHistory.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands out a journal's records behind a position, and counts what is missing among them. */
final class JournalReplay {

  /**
   * What was read.
   *
   * @param replayed records handed out
   * @param lost positions for which there was none
   * @param where of the first few of these, for a person
   */
  record Result(long replayed, long lost, List<String> where) {}

  private static final int NAMED = 5;

  private final JournalFolder folder;
  private final JournalStore.Sink sink;
  private final List<String> where = new ArrayList<>();
  private long expected;
  private long replayed;
  private long lost;

  private JournalReplay(JournalFolder folder, long from, JournalStore.Sink sink) {
    this.folder = folder;
    this.sink = sink;
    this.expected = from + 1;
  }

  /**
   * Reads all.
   *
   * @param from the position behind which to begin
   * @param end the position behind the last that there was
   */
  static Result run(
      JournalFolder folder, JournalHistory history, long from, long end, JournalStore.Sink sink)
      throws IOException, InterruptedException {
    JournalReplay replay = new JournalReplay(folder, from, sink);
    for (Range range : history.ranges()) {
      if (range.end() > replay.expected) {
        replay.read(range);
      }
    }
    replay.missing(end, "at its end");
    return new Result(replay.replayed, replay.lost, replay.where);
  }

  private void read(Range range) throws IOException, InterruptedException {
    SegmentContent content = SegmentContent.read(folder.files(), range.segment());
    for (JournalRecord record : content.records()) {
      long position = record.position();
      if (position < expected || position >= range.end()) {
        continue;
      }
      missing(position, describe(range, content));
      sink.put(record);
      replayed++;
      expected = position + 1;
    }
    if (range.end() > expected && content.damagedAt() >= 0) {
      missing(range.end(), describe(range, content));
    }
  }

  private static String describe(Range range, SegmentContent content) {
    return range.segment().path()
        + (content.damagedAt() < 0 ? "" : " at byte " + content.damagedAt());
  }

  private void missing(long until, String place) {
    if (until <= expected) {
      return;
    }
    lost += until - expected;
    if (where.size() < NAMED) {
      where.add("positions " + expected + " to " + (until - 1) + " (" + place + ")");
    }
    expected = until;
  }
}
