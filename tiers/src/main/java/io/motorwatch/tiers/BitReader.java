package io.motorwatch.tiers;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what a {@link BitWriter} wrote. For one thread. */
final class BitReader {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** What is read, and as many bytes behind it as are looked at together. */
  private byte[] bytes = new byte[1024];

  private int bits;
  private int at;

  void read(byte[] from) {
    if (bytes.length < from.length + Long.BYTES) {
      bytes = new byte[2 * from.length + Long.BYTES];
    }
    System.arraycopy(from, 0, bytes, 0, from.length);
    bits = from.length << 3;
    at = 0;
  }

  /** How many bits were read. */
  int position() {
    return at;
  }

  /** The next 57 bits or more in the highest places. */
  private long ahead() throws IOException {
    if (at > bits) {
      throw new IOException("packed windows are cut off: the data is corrupt");
    }
    return (long) LONG.get(bytes, at >>> 3) << (at & 7);
  }

  /**
   * The next so many bits.
   *
   * @param count up to 56
   */
  long read(int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    long next = ahead() >>> (64 - count);
    at += count;
    return next;
  }

  boolean readBoolean() throws IOException {
    return read(1) == 1;
  }

  /** Reads ones, at most so many of up to 56, and the zero behind them if they are fewer. */
  int readOnes(int most) throws IOException {
    int ones = Math.min(Long.numberOfLeadingZeros(~ahead()), most);
    at += ones == most ? most : ones + 1;
    return ones;
  }

  long readLong() throws IOException {
    return read(32) << 32 | read(32);
  }

  double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  long readNumber() throws IOException {
    int length = (int) read(6);
    long rest;
    if (length < 63) {
      int low = Math.min(length, 32);
      rest = read(length - low) << low | read(low);
    } else {
      rest = readLong();
    }
    return rest >>> 1 ^ -(rest & 1);
  }

  byte[] readBytes(int count) throws IOException {
    if (count < 0 || count > (bits - at) >> 3) {
      throw new IOException("packed windows are cut off: the data is corrupt");
    }
    byte[] read = new byte[count];
    for (int i = 0; i < count; i++) {
      read[i] = (byte) read(8);
    }
    return read;
  }
}
