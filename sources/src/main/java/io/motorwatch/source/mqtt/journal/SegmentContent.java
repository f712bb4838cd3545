package io.motorwatch.source.mqtt.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * All that can be read of a segment: what is damaged is passed over, since records behind it say by
 * their position how many are missing.
 *
 * @param header null if it is torn or damaged
 * @param damagedAt where the first bytes are that are no record; -1 if there are none
 */
record SegmentContent(@Nullable SegmentHeader header, List<JournalRecord> records, int damagedAt) {

  private static final int BUFFER = 1 << 16;

  static SegmentContent read(FileSystem files, SegmentFile segment) throws IOException {
    byte[] bytes = bytes(files, segment);
    SegmentHeader header = SegmentHeader.read(bytes);
    List<JournalRecord> records = new ArrayList<>();
    int damagedAt = header == null ? 0 : -1;
    int at = header == null ? 0 : header.length();
    while (at < bytes.length) {
      int length = RecordCodec.lengthAt(bytes, at);
      if (length > 0) {
        records.add(RecordCodec.read(bytes, at, length));
        at += length;
      } else {
        damagedAt = damagedAt < 0 ? at : damagedAt;
        at++;
      }
    }
    return new SegmentContent(header, records, damagedAt);
  }

  /** To the end, not to the length that the file system reports: that may be behind. */
  private static byte[] bytes(FileSystem files, SegmentFile segment) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream(BUFFER);
    try (FSDataInputStream in = files.open(segment.path())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        all.write(buffer, 0, read);
      }
    }
    return all.toByteArray();
  }

  /** Whether the attempt that made it got as far as to own the journal. */
  boolean opened() {
    return header != null || !records.isEmpty();
  }
}
