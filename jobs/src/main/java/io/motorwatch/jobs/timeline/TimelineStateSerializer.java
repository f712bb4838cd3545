package io.motorwatch.jobs.timeline;

import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.serialization.AttributesSerializer;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Begins with a byte for the version of the form, so that later ones can read this one. */
final class TimelineStateSerializer extends TypeSerializerSingleton<TimelineState> {

  static final TimelineStateSerializer INSTANCE = new TimelineStateSerializer();

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable TimelineState createInstance() {
    return null;
  }

  @Override
  public TimelineState copy(TimelineState from) {
    return from.copy();
  }

  @Override
  public TimelineState copy(TimelineState from, TimelineState reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(TimelineState state, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    state.recent.write(out);
    state.latest.write(out);
    state.waiting.write(out);
    AttributesSerializer.INSTANCE.serialize(state.attributes, out);
    out.writeLong(state.lastAt);
    out.writeLong(state.newestAt);
    out.writeLong(state.lastArrival);
    out.writeLong(state.skew);
    Wire.writeText(state.health == null ? "" : state.health.name(), out);
    out.writeLong(state.timer);
    out.writeLong(state.releaseAt);
  }

  @Override
  public TimelineState deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a timeline of form " + version + ", which this version of motorwatch cannot read");
    }
    TimelineState state =
        new TimelineState(RecentReadings.read(in), LatestValues.read(in), ReorderBuffer.read(in));
    state.attributes = AttributesSerializer.INSTANCE.deserialize(in);
    state.lastAt = in.readLong();
    state.newestAt = in.readLong();
    state.lastArrival = in.readLong();
    state.skew = in.readLong();
    String health = Wire.readText(in);
    state.health = health.isEmpty() ? null : Health.valueOf(health);
    state.timer = in.readLong();
    state.releaseAt = in.readLong();
    return state;
  }

  @Override
  public TimelineState deserialize(TimelineState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<TimelineState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; versions are told apart in the data. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TimelineState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
