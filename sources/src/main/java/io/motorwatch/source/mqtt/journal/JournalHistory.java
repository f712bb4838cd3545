package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.journal.SegmentHeader.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a folder's segments counts, in order.
 *
 * <p>The newest epoch that has a segment determines it: its header names the epochs before, and how
 * far each of them counts. What a replaced attempt wrote behind that was never acknowledged.
 *
 * @param ranges oldest first
 * @param next the position behind the last record
 * @param others segments of which nothing counts
 */
record JournalHistory(List<Range> ranges, long next, List<SegmentFile> others) {

  /**
   * A segment, as far as it counts.
   *
   * @param end the position behind its last record that counts
   */
  record Range(SegmentFile segment, long end) {}

  static JournalHistory of(JournalFolder folder) throws IOException {
    TreeMap<Long, List<SegmentFile>> byEpoch = new TreeMap<>();
    for (SegmentFile segment : folder.segments()) {
      byEpoch.computeIfAbsent(segment.epoch(), epoch -> new ArrayList<>()).add(segment);
    }
    List<SegmentFile> others = new ArrayList<>();
    while (!byEpoch.isEmpty()) {
      Map.Entry<Long, List<SegmentFile>> newest = byEpoch.lastEntry();
      List<SegmentContent> contents = read(folder, newest.getValue());
      if (contents.stream().anyMatch(SegmentContent::opened)) {
        return of(newest.getKey(), contents, byEpoch, others);
      }
      // Torn at its very beginning: that attempt wrote nothing.
      others.addAll(newest.getValue());
      byEpoch.pollLastEntry();
    }
    return new JournalHistory(List.of(), 0, others);
  }

  /** The last one, and as many before as it takes to find a header. */
  private static List<SegmentContent> read(JournalFolder folder, List<SegmentFile> segments)
      throws IOException {
    List<SegmentContent> contents = new ArrayList<>();
    for (int i = segments.size() - 1; i >= 0; i--) {
      contents.add(SegmentContent.read(folder.files(), segments.get(i)));
      if (contents.get(contents.size() - 1).header() != null) {
        break;
      }
    }
    return contents;
  }

  private static JournalHistory of(
      long newest,
      List<SegmentContent> lastFirst,
      TreeMap<Long, List<SegmentFile>> byEpoch,
      List<SegmentFile> others) {
    List<SegmentFile> own = byEpoch.get(newest);
    long next = own.get(own.size() - 1).first();
    for (JournalRecord record : lastFirst.get(0).records()) {
      next = Math.max(next, record.position() + 1);
    }
    List<Range> ranges = new ArrayList<>();
    for (Part part : parts(newest, next, lastFirst.get(lastFirst.size() - 1).header(), byEpoch)) {
      addRanges(byEpoch.getOrDefault(part.epoch(), List.of()), part.end(), ranges);
    }
    Set<SegmentFile> unused = new LinkedHashSet<>(others);
    byEpoch.values().forEach(unused::addAll);
    ranges.forEach(range -> unused.remove(range.segment()));
    return new JournalHistory(ranges, next, List.copyOf(unused));
  }

  private static List<Part> parts(
      long newest,
      long next,
      @Nullable SegmentHeader header,
      TreeMap<Long, List<SegmentFile>> byEpoch) {
    List<Part> parts = new ArrayList<>();
    if (header != null) {
      parts.addAll(header.lineage());
    } else {
      // Its headers are damaged: each epoch before counts up to where the next begins.
      for (long epoch : byEpoch.headMap(newest).keySet()) {
        parts.add(new Part(epoch, byEpoch.higherEntry(epoch).getValue().get(0).first()));
      }
    }
    parts.add(new Part(newest, next));
    return parts;
  }

  private static void addRanges(List<SegmentFile> segments, long end, List<Range> ranges) {
    for (int i = 0; i < segments.size(); i++) {
      // Where a write failed, its records are in the next segment again.
      long until = i + 1 < segments.size() ? segments.get(i + 1).first() : end;
      ranges.add(new Range(segments.get(i), Math.min(until, end)));
    }
  }

  /** The first position of which a segment is there. */
  long first() {
    return ranges.isEmpty() ? Long.MAX_VALUE : ranges.get(0).segment().first();
  }

  /** When the first message arrived that is there; null if there is none to be read. */
  @Nullable Instant firstArrival(JournalFolder folder) throws IOException {
    for (Range range : ranges) {
      List<JournalRecord> records = SegmentContent.read(folder.files(), range.segment()).records();
      if (!records.isEmpty()) {
        return Instant.ofEpochMilli(records.get(0).message().arrivedAt());
      }
    }
    return null;
  }

  /** For the header of the epoch that goes on from here. */
  List<Part> lineage() {
    TreeMap<Long, Long> ends = new TreeMap<>();
    ranges.forEach(range -> ends.merge(range.segment().epoch(), range.end(), Math::max));
    return ends.entrySet().stream().map(e -> new Part(e.getKey(), e.getValue())).toList();
  }
}
