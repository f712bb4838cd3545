package io.motorwatch.source.mqtt.journal;

import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Encoded records of successive positions, not written yet. For one thread at a time. */
final class RecordBatch {

  private final long first;
  private final DataOutputSerializer out = new DataOutputSerializer(4096);
  private int[] starts = new int[32];
  private int count;

  RecordBatch(long first) {
    this.first = first;
  }

  /** Adds the next; its bytes. */
  int add(int packetId, MqttMessage message) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    int start = out.length();
    starts[count] = start;
    RecordCodec.write(first + count, packetId, message, out);
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

  /** The position of the first record behind this one. */
  long firstBehind(long position) {
    return Math.max(first, position + 1);
  }

  /** Writes the records behind this position; there must be some. */
  void writeBehind(long position, SegmentWriter writer) throws IOException {
    int start = starts[(int) (firstBehind(position) - first)];
    writer.write(out.getSharedBuffer(), start, out.length() - start);
  }
}
