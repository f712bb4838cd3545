package io.motorwatch.patterns.sequence;

import io.motorwatch.model.serialization.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The types and the time: two longs. */
public final class EdgeEventSerializer extends ImmutableSerializer<EdgeEvent> {

  public static final EdgeEventSerializer INSTANCE = new EdgeEventSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(EdgeEvent event, DataOutputView out) throws IOException {
    out.writeLong(event.types());
    out.writeLong(event.at());
  }

  @Override
  public EdgeEvent deserialize(DataInputView in) throws IOException {
    return new EdgeEvent(in.readLong(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<EdgeEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EdgeEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
