package io.motorwatch.sink.influx;

import java.util.Arrays;

/** Gathers lines for one destination. */
final class LineBatchBuilder {

  private final Destination destination;
  private byte[] bytes = new byte[16 * 1024];
  private int[] ends = new int[256];
  private int length;
  private int count;

  LineBatchBuilder(Destination destination) {
    this.destination = destination;
  }

  void add(byte[] line, int lineLength) {
    int end = length + lineLength + 1;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(line, 0, bytes, length, lineLength);
    bytes[end - 1] = '\n';
    ends[count++] = end;
    length = end;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int byteCount() {
    return length;
  }

  /** A copy of what is held, which stays held. */
  LineBatch copy() {
    return new LineBatch(destination, Arrays.copyOf(bytes, length), Arrays.copyOf(ends, count));
  }

  /** What is held, which is no longer. */
  LineBatch take() {
    LineBatch lines = copy();
    length = 0;
    count = 0;
    return lines;
  }
}
