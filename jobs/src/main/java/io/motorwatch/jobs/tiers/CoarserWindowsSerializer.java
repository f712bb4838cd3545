package io.motorwatch.jobs.tiers;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The windows of the coarser tiers, behind a byte for the version of the form. */
final class CoarserWindowsSerializer extends TypeSerializerSingleton<CoarserWindows> {

  static final CoarserWindowsSerializer INSTANCE = new CoarserWindowsSerializer();

  private static final long serialVersionUID = 1L;

  private static final int VERSION = 2;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable CoarserWindows createInstance() {
    return null;
  }

  @Override
  public CoarserWindows copy(CoarserWindows from) {
    return from.copy();
  }

  @Override
  public CoarserWindows copy(CoarserWindows from, CoarserWindows reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CoarserWindows coarser, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    coarser.write(out);
  }

  @Override
  public CoarserWindows deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "coarser windows of form " + version + ", which this version of motorwatch cannot read");
    }
    return CoarserWindows.read(in);
  }

  @Override
  public CoarserWindows deserialize(CoarserWindows reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<CoarserWindows> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CoarserWindows> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
