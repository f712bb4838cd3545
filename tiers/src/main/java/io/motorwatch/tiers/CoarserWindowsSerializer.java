package io.motorwatch.tiers;

import io.motorwatch.model.serialization.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The windows of the coarser tiers. */
final class CoarserWindowsSerializer extends StateSerializer<CoarserWindows> {

  static final CoarserWindowsSerializer INSTANCE = new CoarserWindowsSerializer();

  private static final long serialVersionUID = 1L;

  private CoarserWindowsSerializer() {
    super("coarser windows", 5, 5);
  }

  @Override
  protected void write(CoarserWindows state, DataOutputView out) throws IOException {
    state.write(out);
  }

  @Override
  protected CoarserWindows read(int writtenBy, DataInputView in) throws IOException {
    return CoarserWindows.read(in);
  }

  @Override
  public CoarserWindows copy(CoarserWindows from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<CoarserWindows> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; the data begins with its version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CoarserWindows> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
