package io.motorwatch.model.serialization;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The few forms all serializers are made of. Text is UTF-8 behind a variable-length count, so that
 * it has no limit of 65,535 bytes as {@code writeUTF} has.
 */
public final class Wire {

  private Wire() {}

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

  public static void writeDevice(DeviceId device, DataOutputView out) throws IOException {
    writeText(device.site(), out);
    writeText(device.device(), out);
  }

  public static DeviceId readDevice(DataInputView in) throws IOException {
    return new DeviceId(readText(in), readText(in));
  }

  public static void writeLayout(FieldLayout layout, DataOutputView out) throws IOException {
    writeCount(layout.size(), out);
    for (int i = 0; i < layout.size(); i++) {
      writeText(layout.name(i), out);
    }
  }

  public static FieldLayout readLayout(DataInputView in) throws IOException {
    return LayoutReader.read(in);
  }
}
