package io.motorwatch.model.serialization;

import io.motorwatch.model.DeviceStatus;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A change of a device's health. */
public final class DeviceStatusSerializer extends ImmutableSerializer<DeviceStatus> {

  public static final DeviceStatusSerializer INSTANCE = new DeviceStatusSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(DeviceStatus status, DataOutputView out) throws IOException {
    Wire.writeDevice(status.device(), out);
    Wire.writeText(status.health().name(), out);
    out.writeLong(status.lastSeen());
    out.writeDouble(status.clockSkewMs());
    out.writeLong(status.lost());
    Wire.writeText(status.note(), out);
    out.writeLong(status.changedAt());
  }

  @Override
  public DeviceStatus deserialize(DataInputView in) throws IOException {
    return new DeviceStatus(
        Wire.readDevice(in),
        DeviceStatus.Health.valueOf(Wire.readText(in)),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        Wire.readText(in),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<DeviceStatus> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceStatus> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
