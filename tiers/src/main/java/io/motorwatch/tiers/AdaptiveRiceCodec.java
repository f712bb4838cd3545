package io.motorwatch.tiers;

import java.io.IOException;

/**
 * Codes numbers that lie about as far from zero, on either side, as those before them did: Rice
 * codes, whose length follows what was seen (as in JPEG-LS: Weinberger, Seroussi, Sapiro, IEEE
 * Transactions on Image Processing 9, 2000). Needs half a bit more than numbers of a normal
 * distribution have in them. The reader learns from what it reads as the writer did. For one
 * thread.
 */
final class AdaptiveRiceCodec {

  /** More ones than that stand for a number of which nothing was known. */
  private static final int MOST_ONES = 16;

  /** After so many numbers those before count half, so that the code follows. */
  private static final int MEMORY = 16;

  /** Bounds the sum of sizes, so that it never overflows. */
  private static final long LARGEST_SIZE = 1L << 50;

  private long sizes;
  private int seen;

  /** Forgets all but how far from zero the first number may be expected; up to 2^50. */
  void expect(long size) {
    sizes = Math.min(size, LARGEST_SIZE);
    seen = 1;
  }

  /** The numbers to come are so many times as large as they would have been. */
  void scale(double times) {
    sizes = (long) Math.min(LARGEST_SIZE, sizes * times);
  }

  private int lowBits() {
    int bits = Math.max(0, Long.numberOfLeadingZeros(seen) - Long.numberOfLeadingZeros(sizes));
    if ((long) seen << bits < sizes) {
      bits++;
    }
    return bits;
  }

  private void learn(long rest) {
    sizes += Math.min(rest >>> 1, LARGEST_SIZE);
    seen++;
    if (seen == MEMORY) {
      sizes >>= 1;
      seen >>= 1;
    }
  }

  void write(long number, BitWriter out) {
    long rest = number << 1 ^ number >> 63;
    int low = lowBits();
    long high = rest >>> low;
    if (high >= 0 && high < MOST_ONES) {
      int ones = (int) high;
      out.write((1L << (ones + 1)) - 2, ones + 1);
      out.write(rest & ((1L << low) - 1), low);
    } else {
      out.write((1L << MOST_ONES) - 1, MOST_ONES);
      out.writeNumber(number);
    }
    learn(rest);
  }

  long read(BitReader in) throws IOException {
    int low = lowBits();
    int ones = in.readOnes(MOST_ONES);
    if (ones == MOST_ONES) {
      long number = in.readNumber();
      learn(number << 1 ^ number >> 63);
      return number;
    }
    long rest = (long) ones << low | in.read(low);
    learn(rest);
    return rest >>> 1 ^ -(rest & 1);
  }
}
