package io.motorwatch.timeline;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which of the newest {@value #WINDOW} sequence numbers have been seen: a sliding bit window, as in
 * RFC 4303's anti-replay. As wide as a broker may put a device's messages out of order when it
 * repeats a window of unacknowledged ones. Mutable; belongs to one key.
 */
final class SeenNumbers {

  static final int WINDOW = 512;

  private static final int WORDS = WINDOW / Long.SIZE;

  /** Bit b of word w: whether the number 64 w + b behind the highest was seen. */
  private final long[] words = new long[WORDS];

  /** Written as it is with more changes between seen and unseen than this. */
  private static final int MAX_RUNS = 24;

  private static final int AS_IT_IS = 255;

  /** Forgets all but the highest number itself. */
  void reset() {
    Arrays.fill(words, 0);
    words[0] = 1;
  }

  /** The highest number has grown by this much, and the new one is seen. */
  void advance(long by) {
    if (by >= WINDOW) {
      reset();
      return;
    }
    int whole = (int) by / Long.SIZE;
    int bits = (int) by % Long.SIZE;
    for (int i = WORDS - 1; i >= 0; i--) {
      long high = i - whole >= 0 ? words[i - whole] : 0;
      long low = i - whole - 1 >= 0 ? words[i - whole - 1] : 0;
      words[i] = bits == 0 ? high : (high << bits) | (low >>> (Long.SIZE - bits));
    }
    words[0] |= 1;
  }

  /**
   * Marks a number.
   *
   * @param behind the highest by how much; 0 to {@value #WINDOW} - 1
   * @return whether it was seen before
   */
  boolean mark(long behind) {
    int word = (int) behind / Long.SIZE;
    long bit = 1L << (behind % Long.SIZE);
    boolean before = (words[word] & bit) != 0;
    words[word] |= bit;
    return before;
  }

  /** Whether a number was seen, by how much it is behind the highest. */
  boolean contains(int behind) {
    return (words[behind / Long.SIZE] & (1L << (behind % Long.SIZE))) != 0;
  }

  /** Whether the oldest number of the window was seen. */
  boolean containsOldest() {
    return words[WORDS - 1] < 0;
  }

  SeenNumbers copy() {
    SeenNumbers copy = new SeenNumbers();
    System.arraycopy(words, 0, copy.words, 0, WORDS);
    return copy;
  }

  /**
   * The places at which seen and unseen change, beginning with the first unseen one: next to
   * nothing where all are seen or the device is new. Where there are many, all bits.
   */
  void write(DataOutputView out) throws IOException {
    int changes = 0;
    for (int at = changeFrom(0, true); at < WINDOW; at = changeFrom(at, (changes & 1) == 0)) {
      changes++;
    }
    if (changes > MAX_RUNS) {
      out.writeByte(AS_IT_IS);
      for (long word : words) {
        out.writeLong(word);
      }
      return;
    }
    out.writeByte(changes);
    int from = 0;
    boolean seen = true;
    for (int i = 0; i < changes; i++) {
      int at = changeFrom(from, seen);
      Wire.writeCount(at - from, out);
      from = at;
      seen = !seen;
    }
  }

  /** The first place from here on that is not as said, or the window's end. */
  private int changeFrom(int from, boolean seen) {
    int at = from;
    while (at < WINDOW) {
      long word = words[at / Long.SIZE];
      long others = (seen ? ~word : word) >>> (at % Long.SIZE);
      if (others != 0) {
        return at + Long.numberOfTrailingZeros(others);
      }
      at = (at / Long.SIZE + 1) * Long.SIZE;
    }
    return WINDOW;
  }

  static SeenNumbers read(DataInputView in) throws IOException {
    SeenNumbers read = new SeenNumbers();
    int changes = in.readUnsignedByte();
    if (changes == AS_IT_IS) {
      for (int i = 0; i < WORDS; i++) {
        read.words[i] = in.readLong();
      }
      return read;
    }
    int from = 0;
    boolean seen = true;
    for (int i = 0; i <= changes; i++) {
      int to = i < changes ? from + Wire.readCount(in) : WINDOW;
      if (seen) {
        read.fill(from, to);
      }
      from = to;
      seen = !seen;
    }
    return read;
  }

  private void fill(int from, int to) {
    for (int at = from; at < to; at++) {
      words[at / Long.SIZE] |= 1L << (at % Long.SIZE);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeenNumbers that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
