package io.motorwatch.tiers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The sketches quantiles are read from: DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019). A
 * quantile is within 1 % of a value of its rank, and does not depend on the order in which values
 * came or windows were merged, so a replay has the same.
 */
final class QuantileSketches {

  /** Relative error of a quantile. */
  static final double ACCURACY = 0.01;

  /**
   * Bounds a sketch: 2,048 bins of one sign span 17 orders of magnitude; what is smaller than the
   * largest value by more loses its accuracy.
   */
  private static final int MAX_BINS = 2048;

  /** What a sketch can hold is a little less than a double; nothing measured is near it. */
  private static final double LARGEST = 1e300;

  private QuantileSketches() {}

  static DDSketch empty() {
    return DDSketches.logarithmicCollapsingLowestDense(ACCURACY, MAX_BINS);
  }

  static void add(DDSketch sketch, double value) {
    sketch.accept(Math.max(-LARGEST, Math.min(LARGEST, value)));
  }

  static void write(DDSketch sketch, DataOutputView out) throws IOException {
    GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();
    sketch.encode(bytes, false);
    Wire.writeCount(bytes.numWrittenBytes(), out);
    out.write(bytes.backingArray(), 0, bytes.numWrittenBytes());
  }

  static DDSketch read(DataInputView in) throws IOException {
    byte[] bytes = new byte[Wire.readCount(in)];
    in.readFully(bytes);
    return DDSketch.decode(
        ByteArrayInput.wrap(bytes), () -> new CollapsingLowestDenseStore(MAX_BINS));
  }
}
