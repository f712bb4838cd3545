package io.motorwatch.model.serialization;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A reading: device, three numbers, then names and values. */
public final class ReadingSerializer extends ImmutableSerializer<Reading> {

  public static final ReadingSerializer INSTANCE = new ReadingSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Reading reading, DataOutputView out) throws IOException {
    Wire.writeDevice(reading.device(), out);
    out.writeLong(reading.timestamp());
    out.writeLong(reading.arrivedAt());
    out.writeLong(reading.seq());
    out.writeBoolean(reading.redelivered());
    Wire.writeLayout(reading.layout(), out);
    for (int i = 0; i < reading.size(); i++) {
      out.writeDouble(reading.value(i));
    }
  }

  @Override
  public Reading deserialize(DataInputView in) throws IOException {
    DeviceId device = Wire.readDevice(in);
    long timestamp = in.readLong();
    long arrivedAt = in.readLong();
    long seq = in.readLong();
    boolean redelivered = in.readBoolean();
    FieldLayout layout = Wire.readLayout(in);
    double[] values = new double[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    Reading reading = new Reading(device, timestamp, arrivedAt, seq, layout, values);
    return redelivered ? reading.asRedelivered() : reading;
  }

  @Override
  public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
