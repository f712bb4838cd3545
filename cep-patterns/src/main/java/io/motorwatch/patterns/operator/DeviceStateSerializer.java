package io.motorwatch.patterns.operator;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Begins with a byte for the version of the form, so that later ones can read this one. */
final class DeviceStateSerializer extends TypeSerializerSingleton<DeviceState> {

  static final DeviceStateSerializer INSTANCE = new DeviceStateSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;

  /** Wrote no memory of trace functions. */
  private static final int WITHOUT_TRACES = 2;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable DeviceState createInstance() {
    return null;
  }

  @Override
  public DeviceState copy(DeviceState from) {
    return from.copy();
  }

  @Override
  public DeviceState copy(DeviceState from, DeviceState reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(DeviceState state, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    state.write(out);
  }

  @Override
  public DeviceState deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION && version != WITHOUT_TRACES) {
      throw new IOException(
          "a device's state of form " + version + ", which this version of motorwatch cannot read");
    }
    return DeviceState.read(in, version == VERSION);
  }

  @Override
  public DeviceState deserialize(DeviceState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<DeviceState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; versions are told apart in the data. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
