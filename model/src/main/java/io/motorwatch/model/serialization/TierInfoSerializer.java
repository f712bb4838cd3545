package io.motorwatch.model.serialization;

import io.motorwatch.model.TierInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A row for dashboards. */
public final class TierInfoSerializer extends ImmutableSerializer<TierInfo> {

  public static final TierInfoSerializer INSTANCE = new TierInfoSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(TierInfo info, DataOutputView out) throws IOException {
    Wire.writeText(info.tier(), out);
    out.writeInt(info.rank());
    out.writeLong(info.maxSpanMs());
    out.writeLong(info.at());
  }

  @Override
  public TierInfo deserialize(DataInputView in) throws IOException {
    return new TierInfo(Wire.readText(in), in.readInt(), in.readLong(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<TierInfo> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TierInfo> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
