package io.motorwatch.timeline;

import io.motorwatch.model.DeviceStatus.Health;
import io.motorwatch.model.serialization.AttributesSerializer;
import io.motorwatch.model.serialization.StateSerializer;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A device's time line. */
final class TimelineStateSerializer extends StateSerializer<TimelineState> {

  static final TimelineStateSerializer INSTANCE = new TimelineStateSerializer();

  private static final long serialVersionUID = 1L;
  private static final int OLDEST = 4;
  private static final int VERSION = 5;

  /** The bits of the flags that hold the health, and the one for a device that is silent. */
  private static final int HEALTH = 3;

  private static final int SILENT = 4;

  private TimelineStateSerializer() {
    super("a timeline", OLDEST, VERSION);
  }

  @Override
  public TimelineState copy(TimelineState from) {
    return from.copy();
  }

  @Override
  protected void write(TimelineState state, DataOutputView out) throws IOException {
    out.writeByte(code(state.health) | (state.silent ? SILENT : 0));
    state.recent.write(out);
    state.latest.write(out);
    state.waiting.write(out);
    state.skew.write(out);
    state.lateRun.write(out);
    AttributesSerializer.INSTANCE.serialize(state.attributes, out);
    // Times are near each other: each as its distance from the one before.
    writeTime(state.lastSeen, 0, out);
    writeTime(state.lastAt, state.lastSeen, out);
    writeTime(state.newestAt, state.lastAt, out);
    writeTime(state.formerAt, state.newestAt, out);
    writeTime(state.timer, state.lastSeen, out);
    writeTime(state.releaseAt, state.lastSeen, out);
  }

  @Override
  protected TimelineState read(int writtenBy, DataInputView in) throws IOException {
    int flags = in.readUnsignedByte();
    TimelineState state =
        new TimelineState(
            RecentReadings.read(in),
            LatestValues.read(in),
            ReorderBuffer.read(writtenBy, in),
            ClockSkew.read(in),
            LateRun.read(in));
    state.health = health(flags & HEALTH);
    state.silent = (flags & SILENT) != 0;
    state.attributes = AttributesSerializer.INSTANCE.deserialize(in);
    state.lastSeen = readTime(0, in);
    state.lastAt = readTime(state.lastSeen, in);
    state.newestAt = readTime(state.lastAt, in);
    state.formerAt = readTime(state.newestAt, in);
    state.timer = readTime(state.lastSeen, in);
    state.releaseAt = readTime(state.lastSeen, in);
    return state;
  }

  private static int code(@Nullable Health health) {
    if (health == null) {
      return 0;
    }
    return switch (health) {
      case ONLINE -> 1;
      case OFFLINE -> 2;
      case SILENT -> 3;
    };
  }

  private static @Nullable Health health(int code) {
    return switch (code) {
      case 1 -> Health.ONLINE;
      case 2 -> Health.OFFLINE;
      case 3 -> Health.SILENT;
      default -> null;
    };
  }

  /** Zero for never, else one byte for that it is known and its distance. */
  private static void writeTime(long time, long from, DataOutputView out) throws IOException {
    out.writeBoolean(time != TimelineState.NEVER);
    if (time != TimelineState.NEVER) {
      Wire.writeNumber(time - base(from), out);
    }
  }

  private static long readTime(long from, DataInputView in) throws IOException {
    return in.readBoolean() ? base(from) + Wire.readNumber(in) : TimelineState.NEVER;
  }

  private static long base(long from) {
    return from == TimelineState.NEVER ? 0 : from;
  }

  @Override
  public TypeSerializerSnapshot<TimelineState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; the data begins with its version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TimelineState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
