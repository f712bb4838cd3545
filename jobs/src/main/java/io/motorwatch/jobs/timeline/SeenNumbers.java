package io.motorwatch.jobs.timeline;

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

  /** Forgets all but the highest number itself. */
  void startAnew() {
    Arrays.fill(words, 0);
    words[0] = 1;
  }

  /** The highest number has grown by this much, and the new one is seen. */
  void advance(long by) {
    if (by >= WINDOW) {
      startAnew();
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

  SeenNumbers copy() {
    SeenNumbers copy = new SeenNumbers();
    System.arraycopy(words, 0, copy.words, 0, WORDS);
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    for (long word : words) {
      out.writeLong(word);
    }
  }

  static SeenNumbers read(DataInputView in) throws IOException {
    SeenNumbers seen = new SeenNumbers();
    for (int i = 0; i < WORDS; i++) {
      seen.words[i] = in.readLong();
    }
    return seen;
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
