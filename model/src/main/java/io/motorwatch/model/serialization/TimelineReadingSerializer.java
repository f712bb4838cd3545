package io.motorwatch.model.serialization;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineReading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Only needed where a chain is broken: within one, instances are handed over as they are. */
public final class TimelineReadingSerializer extends ImmutableSerializer<TimelineReading> {

  public static final TimelineReadingSerializer INSTANCE = new TimelineReadingSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(TimelineReading element, DataOutputView out) throws IOException {
    ReadingSerializer.INSTANCE.serialize(element.reading(), out);
    out.writeBoolean(element.late());
    Wire.writeLayout(element.known(), out);
    for (double value : element.latest()) {
      out.writeDouble(value);
    }
    AttributesSerializer.INSTANCE.serialize(element.attributes(), out);
  }

  @Override
  public TimelineReading deserialize(DataInputView in) throws IOException {
    Reading reading = ReadingSerializer.INSTANCE.deserialize(in);
    boolean late = in.readBoolean();
    FieldLayout known = Wire.readLayout(in);
    double[] latest = new double[known.size()];
    for (int i = 0; i < latest.length; i++) {
      latest[i] = in.readDouble();
    }
    Attributes attributes = AttributesSerializer.INSTANCE.deserialize(in);
    return new TimelineReading(reading, late, known, latest, attributes);
  }

  @Override
  public TypeSerializerSnapshot<TimelineReading> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TimelineReading> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
