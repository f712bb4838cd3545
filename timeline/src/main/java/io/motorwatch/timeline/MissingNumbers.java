package io.motorwatch.timeline;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Sequence numbers left out so long ago that {@link SeenNumbers} knows them no more: a device that
 * was away may still upload the readings they belong to. Ranges, of which the newest {@value #MOST}
 * are kept; a device that leaves nothing out has none. Mutable; belongs to one key.
 */
final class MissingNumbers {

  /** Of more gaps than this at a time the oldest is given up. */
  static final int MOST = 16;

  private static final long[] NONE = {};

  /** First and last number of each range, in the order in which they were left out. */
  private long[] bounds = NONE;

  /** Adds a range behind the others, joining it to the last one where they meet. */
  void add(long from, long to) {
    int length = bounds.length;
    if (length > 0 && bounds[length - 1] == from - 1) {
      bounds[length - 1] = to;
      return;
    }
    if (length == 2 * MOST) {
      System.arraycopy(bounds, 2, bounds, 0, length - 2);
      length -= 2;
    } else {
      bounds = Arrays.copyOf(bounds, length + 2);
    }
    bounds[length] = from;
    bounds[length + 1] = to;
  }

  boolean contains(long number) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (number >= bounds[i] && number <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes a number that has come after all.
   *
   * @return whether it was missing
   */
  boolean take(long number) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (number >= bounds[i] && number <= bounds[i + 1]) {
        takeFrom(i, number);
        return true;
      }
    }
    return false;
  }

  private void takeFrom(int i, long number) {
    long from = bounds[i];
    long to = bounds[i + 1];
    if (from == to) {
      long[] fewer = new long[bounds.length - 2];
      System.arraycopy(bounds, 0, fewer, 0, i);
      System.arraycopy(bounds, i + 2, fewer, i, fewer.length - i);
      bounds = fewer;
    } else if (number == from) {
      bounds[i] = number + 1;
    } else if (number == to) {
      bounds[i + 1] = number - 1;
    } else {
      split(i, number);
    }
  }

  private void split(int i, long number) {
    long to = bounds[i + 1];
    if (bounds.length == 2 * MOST) {
      // No room for a further range: the part that would be uploaded first is given up.
      bounds[i] = number + 1;
      return;
    }
    long[] more = new long[bounds.length + 2];
    System.arraycopy(bounds, 0, more, 0, i + 1);
    more[i + 1] = number - 1;
    more[i + 2] = number + 1;
    more[i + 3] = to;
    System.arraycopy(bounds, i + 2, more, i + 4, bounds.length - i - 2);
    bounds = more;
  }

  void clear() {
    bounds = NONE;
  }

  MissingNumbers copy() {
    MissingNumbers copy = new MissingNumbers();
    copy.bounds = bounds.clone();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      Wire.writeNumber(bounds[i], out);
      Wire.writeNumber(bounds[i + 1] - bounds[i], out);
    }
  }

  static MissingNumbers read(DataInputView in) throws IOException {
    MissingNumbers missing = new MissingNumbers();
    int ranges = in.readUnsignedByte();
    if (ranges > 0) {
      missing.bounds = new long[2 * ranges];
      for (int i = 0; i < missing.bounds.length; i += 2) {
        missing.bounds[i] = Wire.readNumber(in);
        missing.bounds[i + 1] = missing.bounds[i] + Wire.readNumber(in);
      }
    }
    return missing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MissingNumbers that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }
}
