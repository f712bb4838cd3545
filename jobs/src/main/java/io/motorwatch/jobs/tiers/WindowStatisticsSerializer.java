package io.motorwatch.jobs.tiers;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A window, behind a byte for the version of the form. */
final class WindowStatisticsSerializer extends TypeSerializerSingleton<WindowStatistics> {

  static final WindowStatisticsSerializer INSTANCE = new WindowStatisticsSerializer();

  private static final long serialVersionUID = 1L;

  private static final int VERSION = 2;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable WindowStatistics createInstance() {
    return null;
  }

  @Override
  public WindowStatistics copy(WindowStatistics from) {
    return from.copy();
  }

  @Override
  public WindowStatistics copy(WindowStatistics from, WindowStatistics reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(WindowStatistics window, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    window.write(out);
  }

  @Override
  public WindowStatistics deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a window of form " + version + ", which this version of motorwatch cannot read");
    }
    return WindowStatistics.read(in);
  }

  @Override
  public WindowStatistics deserialize(WindowStatistics reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<WindowStatistics> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowStatistics> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
