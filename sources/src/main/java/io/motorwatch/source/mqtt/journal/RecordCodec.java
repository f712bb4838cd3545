package io.motorwatch.source.mqtt.journal;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A record's bytes: length of the body, CRC32C of the body, body. The body begins with the
 * position, so that a record found behind damaged ones says where it belongs.
 */
final class RecordCodec {

  /** Length and checksum. */
  private static final int PREFIX = 2 * Integer.BYTES;

  /** Position, QoS, flags, packet identifier, arrival, the topic's length. */
  private static final int SMALLEST_BODY = 8 + 1 + 1 + 2 + 8 + 1;

  private static final int RETAINED = 1;
  private static final int REDELIVERED = 2;
  private static final int SIGNED = 4;

  private RecordCodec() {}

  static void write(JournalRecord journalRecord, DataOutputSerializer out) {
    MqttMessage message = journalRecord.message();
    try {
      int start = out.length();
      out.writeLong(0); // the prefix, once the body is known
      out.writeLong(journalRecord.position());
      out.writeByte(message.qos());
      out.writeByte(
          (message.retained() ? RETAINED : 0)
              | (message.redelivered() ? REDELIVERED : 0)
              | (message.hmac() != null ? SIGNED : 0));
      out.writeShort(journalRecord.packetId());
      out.writeLong(message.arrivedAt());
      Wire.writeText(message.topic(), out);
      if (message.hmac() != null) {
        Wire.writeText(message.hmac(), out);
      }
      out.write(message.payload());
      int length = out.length() - start - PREFIX;
      out.writeIntUnsafe(length, start);
      out.writeIntUnsafe(
          checksum(out.getSharedBuffer(), start + PREFIX, length), start + Integer.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /**
   * The bytes that the valid record here takes.
   *
   * @return 0 if there is none
   */
  static int lengthAt(byte[] bytes, int offset) {
    int left = bytes.length - offset - PREFIX;
    if (left < SMALLEST_BODY) {
      return 0;
    }
    int length = intAt(bytes, offset);
    boolean valid =
        length >= SMALLEST_BODY
            && length <= left
            && checksum(bytes, offset + PREFIX, length) == intAt(bytes, offset + Integer.BYTES);
    return valid ? PREFIX + length : 0;
  }

  private static int intAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF) << 24
        | (bytes[offset + 1] & 0xFF) << 16
        | (bytes[offset + 2] & 0xFF) << 8
        | (bytes[offset + 3] & 0xFF);
  }

  /** Reads a valid record. */
  static JournalRecord read(byte[] bytes, int offset, int length) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes, offset + PREFIX, length - PREFIX);
    long position = in.readLong();
    int qos = in.readByte();
    int flags = in.readByte();
    int packetId = in.readUnsignedShort();
    long arrivedAt = in.readLong();
    String topic = Wire.readText(in);
    @Nullable String hmac = (flags & SIGNED) != 0 ? Wire.readText(in) : null;
    byte[] payload = new byte[in.available()];
    in.readFully(payload);
    return new JournalRecord(
        position,
        packetId,
        new MqttMessage(
            topic,
            payload,
            (flags & RETAINED) != 0,
            qos,
            hmac,
            arrivedAt,
            (flags & REDELIVERED) != 0));
  }
}
