package io.motorwatch.patterns.operator;

import io.motorwatch.model.serialization.StateSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the state of a device. Its snapshot's class name stands in savepoints. */
final class DeviceStateSerializer extends StateSerializer<DeviceState> {

  static final DeviceStateSerializer INSTANCE = new DeviceStateSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 8;

  /** The oldest form that can be read: it has no memory of stateful functions. */
  private static final int OLDEST = 2;

  private DeviceStateSerializer() {
    super("a device's state", OLDEST, VERSION);
  }

  @Override
  protected void write(DeviceState state, DataOutputView out) throws IOException {
    state.write(out);
  }

  @Override
  protected DeviceState read(int writtenBy, DataInputView in) throws IOException {
    return DeviceState.read(writtenBy, in);
  }

  @Override
  public DeviceState copy(DeviceState from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<DeviceState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; the version is part of the data. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
