package io.motorwatch.model.serialization;

import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.ForwardedEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One of the device events, behind a byte for its kind. */
public final class DeviceEventSerializer extends ImmutableSerializer<DeviceEvent> {

  public static final DeviceEventSerializer INSTANCE = new DeviceEventSerializer();

  private static final long serialVersionUID = 1L;

  private static final int READING = 0;
  private static final int STATUS = 1;
  private static final int ATTRIBUTES = 2;

  /** And those above it. */
  private static final int FORWARDED = 3;

  @Override
  public void serialize(DeviceEvent event, DataOutputView out) throws IOException {
    if (event instanceof Reading reading) {
      out.writeByte(READING);
      ReadingSerializer.INSTANCE.serialize(reading, out);
    } else if (event instanceof StatusReport status) {
      out.writeByte(STATUS);
      Wire.writeDevice(status.device(), out);
      out.writeBoolean(status.online());
      out.writeBoolean(status.fresh());
      out.writeLong(status.arrivedAt());
    } else if (event instanceof AttributesReport report) {
      out.writeByte(ATTRIBUTES);
      Wire.writeDevice(report.device(), out);
      AttributesSerializer.INSTANCE.serialize(report.attributes(), out);
      out.writeLong(report.arrivedAt());
    } else if (event instanceof ForwardedEvent forwarded) {
      ForwardedEventWire.write(FORWARDED, forwarded, out);
    } else {
      throw Wire.noFormFor(event);
    }
  }

  @Override
  public DeviceEvent deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case READING -> ReadingSerializer.INSTANCE.deserialize(in);
      case STATUS ->
          new StatusReport(Wire.readDevice(in), in.readBoolean(), in.readBoolean(), in.readLong());
      case ATTRIBUTES ->
          new AttributesReport(
              Wire.readDevice(in), AttributesSerializer.INSTANCE.deserialize(in), in.readLong());
      default -> ForwardedEventWire.read(FORWARDED, kind, in);
    };
  }

  @Override
  public TypeSerializerSnapshot<DeviceEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeviceEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
