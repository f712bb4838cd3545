package io.motorwatch.source.mqtt.journal;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of each segment.
 *
 * @param lineage what of the epochs before counts, oldest first: an attempt that was replaced may
 *     go on writing for a while, and what it wrote behind was never acknowledged
 */
record SegmentHeader(long epoch, long first, List<Part> lineage) {

  /**
   * An epoch's part of the history.
   *
   * @param end the position behind its last record that counts
   */
  record Part(long epoch, long end) {}

  private static final int MAGIC = 0x4D574A4C;
  private static final int VERSION = 1;

  SegmentHeader {
    lineage = List.copyOf(lineage);
  }

  byte[] toBytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(epoch);
    out.writeLong(first);
    Wire.writeCount(lineage.size(), out);
    for (Part part : lineage) {
      out.writeLong(part.epoch());
      out.writeLong(part.end());
    }
    out.writeInt(checksum(out.getSharedBuffer(), out.length()));
    return out.getCopyOfBuffer();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Reads it from the beginning of a segment's bytes.
   *
   * @return null if it is torn or damaged
   * @throws IOException if it is of a version not known here
   */
  static @Nullable SegmentHeader read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    try {
      if (in.readInt() != MAGIC) {
        return null;
      }
      int version = in.readByte();
      long epoch = in.readLong();
      long first = in.readLong();
      List<Part> lineage = new ArrayList<>();
      for (int n = Wire.readCount(in); n > 0; n--) {
        lineage.add(new Part(in.readLong(), in.readLong()));
      }
      int length = bytes.length - in.available();
      if (in.readInt() != checksum(bytes, length)) {
        return null;
      }
      if (version != VERSION) {
        throw new UnknownVersion("journal segment of unknown version " + version);
      }
      return new SegmentHeader(epoch, first, lineage);
    } catch (UnknownVersion e) {
      throw e;
    } catch (IOException e) {
      // It ends within the header.
      return null;
    }
  }

  int length() throws IOException {
    return toBytes().length;
  }

  private static final class UnknownVersion extends IOException {

    private static final long serialVersionUID = 1L;

    UnknownVersion(String message) {
      super(message);
    }
  }
}
