package io.motorwatch.model.serialization;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.ForwardedEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One of the timeline's events, behind a byte for its kind. */
public final class TimelineEventSerializer extends ImmutableSerializer<TimelineEvent> {

  public static final TimelineEventSerializer INSTANCE = new TimelineEventSerializer();

  private static final long serialVersionUID = 1L;

  private static final int READING = 0;
  private static final int SILENCE = 1;
  private static final int SET_BACK = 2;
  private static final int FORGOTTEN = 3;

  /** And those above it. */
  private static final int FORWARDED = 4;

  @Override
  public void serialize(TimelineEvent event, DataOutputView out) throws IOException {
    if (event instanceof TimelineReading reading) {
      out.writeByte(READING);
      TimelineReadingSerializer.INSTANCE.serialize(reading, out);
    } else if (event instanceof DeviceSilence silence) {
      out.writeByte(SILENCE);
      Wire.writeDevice(silence.device(), out);
      out.writeLong(silence.at());
      out.writeLong(silence.lastAt());
      out.writeLong(silence.lastedMs());
      AttributesSerializer.INSTANCE.serialize(silence.attributes(), out);
    } else if (event instanceof ClockSetBack setBack) {
      out.writeByte(SET_BACK);
      Wire.writeDevice(setBack.device(), out);
      out.writeLong(setBack.from());
      out.writeLong(setBack.to());
    } else if (event instanceof DeviceForgotten forgotten) {
      out.writeByte(FORGOTTEN);
      Wire.writeDevice(forgotten.device(), out);
      out.writeLong(forgotten.at());
      out.writeLong(forgotten.lastAt());
    } else if (event instanceof ForwardedEvent forwarded) {
      ForwardedEventWire.write(FORWARDED, forwarded, out);
    } else {
      throw Wire.noFormFor(event);
    }
  }

  @Override
  public TimelineEvent deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case READING -> TimelineReadingSerializer.INSTANCE.deserialize(in);
      case SILENCE ->
          new DeviceSilence(
              Wire.readDevice(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              AttributesSerializer.INSTANCE.deserialize(in));
      case SET_BACK -> new ClockSetBack(Wire.readDevice(in), in.readLong(), in.readLong());
      case FORGOTTEN -> new DeviceForgotten(Wire.readDevice(in), in.readLong(), in.readLong());
      default -> ForwardedEventWire.read(FORWARDED, kind, in);
    };
  }

  @Override
  public TypeSerializerSnapshot<TimelineEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TimelineEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
