package io.motorwatch.model.serialization;

import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A rejected message; the reason by its code, so that reasons can be added. */
public final class RejectionSerializer extends ImmutableSerializer<Rejection> {

  public static final RejectionSerializer INSTANCE = new RejectionSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Rejection rejection, DataOutputView out) throws IOException {
    Wire.writeText(rejection.reason().name(), out);
    Wire.writeText(rejection.site(), out);
    Wire.writeText(rejection.device(), out);
    Wire.writeText(rejection.topic(), out);
    Wire.writeText(rejection.detail(), out);
    Wire.writeText(rejection.payload(), out);
    out.writeLong(rejection.arrivedAt());
  }

  @Override
  public Rejection deserialize(DataInputView in) throws IOException {
    return new Rejection(
        RejectReason.valueOf(Wire.readText(in)),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Rejection> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Rejection> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
