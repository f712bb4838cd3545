package io.motorwatch.model.serialization;

import io.motorwatch.model.Aggregate;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.FieldStatistics.Further;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A window of a device. */
public final class AggregateSerializer extends ImmutableSerializer<Aggregate> {

  public static final AggregateSerializer INSTANCE = new AggregateSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Aggregate aggregate, DataOutputView out) throws IOException {
    Wire.writeDevice(aggregate.device(), out);
    Wire.writeText(aggregate.tier(), out);
    out.writeLong(aggregate.windowStart());
    Wire.writeCount(aggregate.fields().size(), out);
    for (Map.Entry<String, FieldStatistics> entry : aggregate.fields().entrySet()) {
      Wire.writeText(entry.getKey(), out);
      writeStatistics(entry.getValue(), out);
    }
  }

  @Override
  public Aggregate deserialize(DataInputView in) throws IOException {
    DeviceId device = Wire.readDevice(in);
    String tier = Wire.readText(in);
    long windowStart = in.readLong();
    Map<String, FieldStatistics> fields = new LinkedHashMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      fields.put(Wire.readText(in), readStatistics(in));
    }
    return new Aggregate(device, tier, windowStart, fields);
  }

  public static void writeStatistics(FieldStatistics field, DataOutputView out) throws IOException {
    out.writeLong(field.count());
    out.writeDouble(field.sum());
    out.writeDouble(field.min());
    out.writeDouble(field.max());
    out.writeDouble(field.last());
    out.writeLong(field.lastAt());
    Wire.writeCount(field.further().size(), out);
    for (Further further : field.further()) {
      Wire.writeText(further.suffix(), out);
      out.writeDouble(further.value());
    }
  }

  public static FieldStatistics readStatistics(DataInputView in) throws IOException {
    return new FieldStatistics(
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readLong(),
        readFurther(in));
  }

  private static List<Further> readFurther(DataInputView in) throws IOException {
    int count = Wire.readCount(in);
    if (count == 0) {
      return List.of();
    }
    List<Further> further = new ArrayList<>();
    for (int n = count; n > 0; n--) {
      further.add(new Further(Wire.readText(in), in.readDouble()));
    }
    return further;
  }

  @Override
  public TypeSerializerSnapshot<Aggregate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Aggregate> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
