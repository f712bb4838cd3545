package io.motorwatch.patterns.signal;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a trace function remembers of a device, as it is kept. Immutable: nobody changes the array.
 *
 * @param id of the call, so that it is found again under whatever file comes next
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record KeptTrace(long id, double[] numbers) {

  static KeptTrace read(DataInputView in) throws IOException {
    long id = in.readLong();
    double[] numbers = new double[Wire.readCount(in)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return new KeptTrace(id, numbers);
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(id);
    Wire.writeCount(numbers.length, out);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  boolean isFinite() {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  void copyTo(double[] memory, int from, int size) {
    System.arraycopy(numbers, 0, memory, from, Math.min(size, numbers.length));
  }
}
