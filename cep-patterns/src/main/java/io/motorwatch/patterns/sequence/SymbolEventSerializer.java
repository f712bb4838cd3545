package io.motorwatch.patterns.sequence;

import io.motorwatch.model.serialization.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Two longs. */
public final class SymbolEventSerializer extends ImmutableSerializer<SymbolEvent> {

  public static final SymbolEventSerializer INSTANCE = new SymbolEventSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(SymbolEvent event, DataOutputView out) throws IOException {
    out.writeLong(event.symbols());
    out.writeLong(event.at());
  }

  @Override
  public SymbolEvent deserialize(DataInputView in) throws IOException {
    return new SymbolEvent(in.readLong(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<SymbolEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SymbolEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
