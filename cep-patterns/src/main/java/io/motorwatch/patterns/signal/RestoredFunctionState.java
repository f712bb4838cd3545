package io.motorwatch.patterns.signal;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The memory of a stateful function for a device, as Flink's state holds it. Immutable: the array
 * is never changed.
 *
 * @param id of the call, so that it is found again under whatever pattern file comes next
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RestoredFunctionState(long id, double[] numbers) {

  /** Whole numbers this close to the last reading are written as their distance to it. */
  private static final double NEAR_MS = 1L << 40;

  static RestoredFunctionState read(int writtenBy, long lastAt, DataInputView in)
      throws IOException {
    long id = in.readLong();
    double[] numbers = new double[Wire.readCount(in)];
    int near = writtenBy > RestoredConditions.WIDE ? Wire.readCount(in) : 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          i < Integer.SIZE - 1 && (near >> i & 1) != 0
              ? (double) (lastAt - Wire.readNumber(in))
              : in.readDouble();
    }
    return new RestoredFunctionState(id, numbers);
  }

  /**
   * Times, which are most of the numbers, take a byte or a few, as their distance to the last
   * reading.
   */
  void write(long lastAt, DataOutputView out) throws IOException {
    out.writeLong(id);
    Wire.writeCount(numbers.length, out);
    int near = 0;
    for (int i = 0; i < numbers.length && i < Integer.SIZE - 1; i++) {
      near |= isNear(numbers[i], lastAt) ? 1 << i : 0;
    }
    Wire.writeCount(near, out);
    for (int i = 0; i < numbers.length; i++) {
      if (i < Integer.SIZE - 1 && (near >> i & 1) != 0) {
        Wire.writeNumber(lastAt - (long) numbers[i], out);
      } else {
        out.writeDouble(numbers[i]);
      }
    }
  }

  /** Compares all bits: minus zero is no whole number. */
  private static boolean isNear(double number, long lastAt) {
    return Math.abs((double) lastAt - number) < NEAR_MS
        && Double.doubleToRawLongBits((double) (long) number) == Double.doubleToRawLongBits(number);
  }

  boolean isFinite() {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  void copyTo(double[] memory, int from, int size) {
    System.arraycopy(numbers, 0, memory, from, Math.min(size, numbers.length));
  }
}
