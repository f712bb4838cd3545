package io.motorwatch.source.mqtt.journal;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a journal's records.
 *
 * @param epoch which attempt wrote it; a later attempt has a higher one
 * @param sequence counts the segments of an epoch
 * @param first the position of its first record, which may be still to come
 * @param bytes its length when it was listed
 */
record SegmentFile(Path path, long epoch, int sequence, long first, long bytes) {

  static final Comparator<SegmentFile> ORDER =
      Comparator.comparingLong(SegmentFile::epoch).thenComparingInt(SegmentFile::sequence);

  private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{9})-(\\d{18})\\.segment");

  static String name(long epoch, int sequence, long first) {
    return "%010d-%09d-%018d.segment".formatted(epoch, sequence, first);
  }

  /** Null for what is no segment. */
  static @Nullable SegmentFile of(Path path, long bytes) {
    Matcher name = NAME.matcher(path.getName());
    return name.matches()
        ? new SegmentFile(
            path,
            Long.parseLong(name.group(1)),
            Integer.parseInt(name.group(2)),
            Long.parseLong(name.group(3)),
            bytes)
        : null;
  }
}
