package io.motorwatch.tiers;

import io.motorwatch.model.serialization.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A current window. */
final class CurrentWindowSerializer extends StateSerializer<CurrentWindow> {

  static final CurrentWindowSerializer INSTANCE = new CurrentWindowSerializer();

  private static final long serialVersionUID = 1L;

  private CurrentWindowSerializer() {
    super("a current window", 3, 3);
  }

  @Override
  protected void write(CurrentWindow state, DataOutputView out) throws IOException {
    state.write(out);
  }

  @Override
  protected CurrentWindow read(int writtenBy, DataInputView in) throws IOException {
    return CurrentWindow.read(in);
  }

  @Override
  public CurrentWindow copy(CurrentWindow from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<CurrentWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; the data begins with its version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CurrentWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
