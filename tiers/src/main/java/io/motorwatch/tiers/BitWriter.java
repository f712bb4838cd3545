package io.motorwatch.tiers;

import java.util.Arrays;

/** Writes numbers of any count of bits one behind another, highest bit first. For one thread. */
final class BitWriter {

  private byte[] bytes = new byte[1024];
  private int whole;

  /** Bits that do not fill a byte yet, in the lowest places. */
  private long pending;

  private int pendingBits;

  /** Starts again. */
  void clear() {
    whole = 0;
    pending = 0;
    pendingBits = 0;
  }

  /** Starts again with the first bits of what was written before. */
  void resume(byte[] before, int bits) {
    clear();
    whole = bits >>> 3;
    reserve(whole);
    System.arraycopy(before, 0, bytes, 0, whole);
    pendingBits = bits & 7;
    pending = pendingBits == 0 ? 0 : (before[whole] & 0xFF) >>> (8 - pendingBits);
  }

  private void reserve(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
  }

  /**
   * Writes the lowest bits of a number; those above must be zero.
   *
   * @param count up to 56
   */
  void write(long bits, int count) {
    pending = pending << count | bits;
    pendingBits += count;
    reserve(whole + 8);
    while (pendingBits >= 8) {
      pendingBits -= 8;
      bytes[whole++] = (byte) (pending >>> pendingBits);
    }
  }

  void write(boolean bit) {
    write(bit ? 1 : 0, 1);
  }

  /** Writes all 64 bits. */
  void writeLong(long bits) {
    write(bits >>> 32, 32);
    write(bits & 0xFFFF_FFFFL, 32);
  }

  void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** A number on either side of zero of which nothing is known: its length in bits, and it. */
  void writeNumber(long number) {
    long rest = number << 1 ^ number >> 63;
    int length = 64 - Long.numberOfLeadingZeros(rest);
    write(Math.min(length, 63), 6);
    if (length < 63) {
      int low = Math.min(length, 32);
      write(rest >>> low, length - low);
      write(rest & ((1L << low) - 1), low);
    } else {
      writeLong(rest);
    }
  }

  void writeBytes(byte[] some, int count) {
    for (int i = 0; i < count; i++) {
      write(some[i] & 0xFF, 8);
    }
  }

  /** All that was written, the last byte filled up with zeros. */
  byte[] toBytes() {
    byte[] copy = Arrays.copyOf(bytes, whole + (pendingBits == 0 ? 0 : 1));
    if (pendingBits > 0) {
      copy[whole] = (byte) (pending << (8 - pendingBits));
    }
    return copy;
  }
}
