package io.motorwatch.model.serialization;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The few forms all serializers are made of. Text is UTF-8 behind a variable-length count, so that
 * it has no limit of 65,535 bytes as {@code writeUTF} has.
 */
public final class Wire {

  private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Beyond this neighbours among whole numbers are not all doubles. */
  private static final long LARGEST_MANTISSA = 1L << 53;

  private static final int NO_DECIMAL = 0x7F;

  /** Neighbouring doubles a sum may be off by; what takes one byte. */
  private static final long MOST_OFF = 63;

  private Wire() {}

  /**
   * To be thrown for what a serializer was not taught: writing nothing would corrupt the stream.
   */
  static IllegalStateException noFormFor(@Nullable Object value) {
    String what = value == null ? "null" : value.getClass().getName();
    return new IllegalStateException(
        "there is no serialized form for " + what + ": give it one in its serializer");
  }

  public static void writeText(String text, DataOutputView out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeCount(bytes.length, out);
    out.write(bytes);
  }

  public static String readText(DataInputView in) throws IOException {
    byte[] bytes = new byte[readCount(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A number that is rarely large and never negative: seven bits a byte, lowest first. */
  public static void writeCount(int count, DataOutputView out) throws IOException {
    int rest = count;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  public static int readCount(DataInputView in) throws IOException {
    int count = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int next = in.readUnsignedByte();
      count |= (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return count;
      }
    }
    throw new IOException("a count longer than five bytes: the data is corrupt");
  }

  /** A number near zero on either side: as {@link #writeCount}, the sign in the lowest bit. */
  public static void writeNumber(long number, DataOutputView out) throws IOException {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readNumber(DataInputView in) throws IOException {
    long rest = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = in.readUnsignedByte();
      rest |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
    throw new IOException("a number longer than ten bytes: the data is corrupt");
  }

  /**
   * A measured value: most have a few digits, and take two to four bytes then. Exact for every
   * double, to the bit (one NaN is as good as another).
   */
  public static void writeDecimal(double value, DataOutputView out) throws IOException {
    for (int digits = 0; digits < POWERS_OF_TEN.length; digits++) {
      double mantissa = Math.rint(value * POWERS_OF_TEN[digits]);
      if (isExactly(value, mantissa, digits)) {
        out.writeByte(digits);
        writeNumber((long) mantissa, out);
        return;
      }
    }
    out.writeByte(NO_DECIMAL);
    out.writeDouble(value);
  }

  private static boolean isExactly(double value, double mantissa, int digits) {
    // To the bit: minus zero is no number of digits.
    return Math.abs(mantissa) < LARGEST_MANTISSA
        && Double.doubleToRawLongBits((long) mantissa / POWERS_OF_TEN[digits])
            == Double.doubleToRawLongBits(value);
  }

  public static double readDecimal(DataInputView in) throws IOException {
    int digits = in.readByte();
    if (digits == NO_DECIMAL) {
      return in.readDouble();
    }
    return readNumber(in) / power(digits);
  }

  /**
   * A sum of measured values: near a number of few digits, but for the rounding of the additions.
   * Four to seven bytes then. Exact for every double, to the bit (one NaN is as good as another).
   */
  public static void writeSum(double sum, DataOutputView out) throws IOException {
    for (int digits = 0; digits < POWERS_OF_TEN.length; digits++) {
      double mantissa = Math.rint(sum * POWERS_OF_TEN[digits]);
      if (Math.abs(mantissa) < LARGEST_MANTISSA) {
        double near = (long) mantissa / POWERS_OF_TEN[digits];
        long off = Double.doubleToRawLongBits(sum) - Double.doubleToRawLongBits(near);
        if (off >= -MOST_OFF && off <= MOST_OFF) {
          out.writeByte(digits);
          writeNumber((long) mantissa, out);
          writeNumber(off, out);
          return;
        }
      }
    }
    out.writeByte(NO_DECIMAL);
    out.writeDouble(sum);
  }

  public static double readSum(DataInputView in) throws IOException {
    int digits = in.readByte();
    if (digits == NO_DECIMAL) {
      return in.readDouble();
    }
    double near = readNumber(in) / power(digits);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(near) + readNumber(in));
  }

  private static double power(int digits) throws IOException {
    if (digits < 0 || digits >= POWERS_OF_TEN.length) {
      throw new IOException("a value of " + digits + " decimal places: the data is corrupt");
    }
    return POWERS_OF_TEN[digits];
  }

  public static void writeDevice(DeviceId device, DataOutputView out) throws IOException {
    writeText(device.site(), out);
    writeText(device.device(), out);
  }

  public static DeviceId readDevice(DataInputView in) throws IOException {
    return new DeviceId(readText(in), readText(in));
  }

  public static void writeLayout(FieldLayout layout, DataOutputView out) throws IOException {
    byte[] encoded = layout.encoded();
    writeCount(encoded.length, out);
    out.write(encoded);
  }

  public static FieldLayout readLayout(DataInputView in) throws IOException {
    return LayoutReader.read(in);
  }
}
