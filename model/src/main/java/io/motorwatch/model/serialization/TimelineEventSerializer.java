package io.motorwatch.model.serialization;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.PatternsReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One of the timeline's events behind a byte that tells which. */
public final class TimelineEventSerializer extends ImmutableSerializer<TimelineEvent> {

  public static final TimelineEventSerializer INSTANCE = new TimelineEventSerializer();

  private static final long serialVersionUID = 1L;
  private static final int READING = 0;
  private static final int PATTERNS = 1;
  private static final int REQUEST = 2;

  @Override
  public void serialize(TimelineEvent event, DataOutputView out) throws IOException {
    if (event instanceof TimelineReading reading) {
      out.writeByte(READING);
      TimelineReadingSerializer.INSTANCE.serialize(reading, out);
    } else if (event instanceof PatternsReport report) {
      out.writeByte(PATTERNS);
      ControlWire.writePatterns(report, out);
    } else if (event instanceof AlarmRequest request) {
      out.writeByte(REQUEST);
      ControlWire.writeRequest(request, out);
    }
  }

  @Override
  public TimelineEvent deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case READING -> TimelineReadingSerializer.INSTANCE.deserialize(in);
      case PATTERNS -> ControlWire.readPatterns(in);
      case REQUEST -> ControlWire.readRequest(in);
      default -> throw new IOException("no timeline event of kind " + kind + ": corrupt data");
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
