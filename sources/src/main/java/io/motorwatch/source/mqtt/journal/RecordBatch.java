package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Encoded records of successive positions, not written yet. For one thread at a time. */
final class RecordBatch {

  private final long first;
  private final DataOutputSerializer out = new DataOutputSerializer(4096);
  private int count;

  RecordBatch(long first) {
    this.first = first;
  }

  /** Adds the next; its bytes. */
  int add(int packetId, MqttMessage message) {
    int start = out.length();
    RecordCodec.write(new JournalRecord(first + count, packetId, message), out);
    count++;
    return out.length() - start;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The position of the last record. */
  long last() {
    return first + count - 1;
  }

  int bytes() {
    return out.length();
  }

  /** The position of the first record. */
  long first() {
    return first;
  }

  void writeTo(SegmentWriter writer) throws IOException {
    writer.write(out.getSharedBuffer(), 0, out.length());
  }
}
