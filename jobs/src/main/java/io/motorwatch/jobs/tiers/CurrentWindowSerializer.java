package io.motorwatch.jobs.tiers;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A current window, behind a byte for the version of the form. */
final class CurrentWindowSerializer extends TypeSerializerSingleton<CurrentWindow> {

  static final CurrentWindowSerializer INSTANCE = new CurrentWindowSerializer();

  private static final long serialVersionUID = 1L;

  private static final int VERSION = 2;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable CurrentWindow createInstance() {
    return null;
  }

  @Override
  public CurrentWindow copy(CurrentWindow from) {
    return from.copy();
  }

  @Override
  public CurrentWindow copy(CurrentWindow from, CurrentWindow reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CurrentWindow current, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    current.write(out);
  }

  @Override
  public CurrentWindow deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a current window of form " + version + ", which this version of motorwatch cannot read");
    }
    return CurrentWindow.read(in);
  }

  @Override
  public CurrentWindow deserialize(CurrentWindow reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<CurrentWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CurrentWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
