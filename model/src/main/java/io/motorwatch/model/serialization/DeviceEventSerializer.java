package io.motorwatch.model.serialization;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.PatternsReport;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.UnusableValues;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One of the device events behind a byte that tells which. */
public final class DeviceEventSerializer extends ImmutableSerializer<DeviceEvent> {

  public static final DeviceEventSerializer INSTANCE = new DeviceEventSerializer();

  private static final long serialVersionUID = 1L;

  private static final int READING = 0;
  private static final int STATUS = 1;
  private static final int ATTRIBUTES = 2;
  private static final int PATTERNS = 3;
  private static final int REQUEST = 4;
  private static final int UNUSABLE = 5;

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
    } else if (event instanceof PatternsReport report) {
      out.writeByte(PATTERNS);
      ControlWire.writePatterns(report, out);
    } else if (event instanceof AlarmRequest request) {
      out.writeByte(REQUEST);
      ControlWire.writeRequest(request, out);
    } else if (event instanceof UnusableValues unusable) {
      out.writeByte(UNUSABLE);
      UnusableWire.write(unusable, out);
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
      case PATTERNS -> ControlWire.readPatterns(in);
      case REQUEST -> ControlWire.readRequest(in);
      case UNUSABLE -> UnusableWire.read(in);
      default -> throw new IOException("no device event of kind " + kind + ": corrupt data");
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
