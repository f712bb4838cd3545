package io.motorwatch.sink.influx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encoded points of one destination, in the order they were written. Immutable, so that a request,
 * the queue and a checkpoint can share it. The ends are kept since a text may hold line breaks.
 */
final class LineBatch {

  private final Destination destination;
  private final byte[] bytes;
  private final int[] ends;

  /**
   * @param bytes the lines, each followed by a line break
   * @param ends behind each line's break
   */
  LineBatch(Destination destination, byte[] bytes, int[] ends) {
    if (ends.length == 0 || ends[ends.length - 1] != bytes.length) {
      throw new IllegalArgumentException(ends.length + " lines in " + bytes.length + " bytes");
    }
    this.destination = destination;
    this.bytes = bytes;
    this.ends = ends;
  }

  Destination destination() {
    return destination;
  }

  /** How many points. */
  int count() {
    return ends.length;
  }

  int byteCount() {
    return bytes.length;
  }

  int end(int line) {
    return ends[line];
  }

  /** The request body. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The bytes themselves; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  LineBatch firstHalf() {
    return part(0, ends.length / 2);
  }

  LineBatch secondHalf() {
    return part(ends.length / 2, ends.length);
  }

  private LineBatch part(int from, int to) {
    int start = from == 0 ? 0 : ends[from - 1];
    int[] partEnds = new int[to - from];
    for (int i = from; i < to; i++) {
      partEnds[i - from] = ends[i] - start;
    }
    return new LineBatch(destination, Arrays.copyOfRange(bytes, start, ends[to - 1]), partEnds);
  }
}
