package io.motorwatch.tiers;

import io.motorwatch.model.serialization.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A window. */
final class WindowStatisticsSerializer extends StateSerializer<WindowStatistics> {

  static final WindowStatisticsSerializer INSTANCE = new WindowStatisticsSerializer();

  private static final long serialVersionUID = 1L;

  private WindowStatisticsSerializer() {
    super("a window", 3, 3);
  }

  @Override
  protected void write(WindowStatistics state, DataOutputView out) throws IOException {
    state.write(out);
  }

  @Override
  protected WindowStatistics read(int writtenBy, DataInputView in) throws IOException {
    return WindowStatistics.read(in);
  }

  @Override
  public WindowStatistics copy(WindowStatistics from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<WindowStatistics> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; the data begins with its version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowStatistics> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
