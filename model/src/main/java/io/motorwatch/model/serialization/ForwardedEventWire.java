package io.motorwatch.model.serialization;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.ForwardedEvent;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The form of {@link ForwardedEvent}s, the same on both sides of the timeline: a byte for the kind,
 * which begins at another number on each side, and the event.
 */
final class ForwardedEventWire {

  private static final int PATTERNS = 0;
  private static final int REQUEST = 1;
  private static final int UNUSABLE = 2;

  private ForwardedEventWire() {}

  /**
   * @param firstKind the first number that is no other event's kind
   */
  static void write(int firstKind, ForwardedEvent event, DataOutputView out) throws IOException {
    if (event instanceof PatternFileUpdate report) {
      out.writeByte(firstKind + PATTERNS);
      writePatterns(report, out);
    } else if (event instanceof AlarmRequest request) {
      out.writeByte(firstKind + REQUEST);
      writeRequest(request, out);
    } else if (event instanceof UnusableValues unusable) {
      out.writeByte(firstKind + UNUSABLE);
      writeUnusable(unusable, out);
    } else {
      throw Wire.noFormFor(event);
    }
  }

  /** Reads the event behind its kind. */
  static ForwardedEvent read(int firstKind, int kind, DataInputView in) throws IOException {
    return switch (kind - firstKind) {
      case PATTERNS -> readPatterns(in);
      case REQUEST -> readRequest(in);
      case UNUSABLE -> readUnusable(in);
      default -> throw new IOException("no event of kind " + kind + ": corrupt data");
    };
  }

  private static void writePatterns(PatternFileUpdate report, DataOutputView out)
      throws IOException {
    Wire.writeDevice(report.device(), out);
    out.writeLong(report.version());
    Wire.writeText(report.text(), out);
    out.writeLong(report.arrivedAt());
  }

  private static PatternFileUpdate readPatterns(DataInputView in) throws IOException {
    return new PatternFileUpdate(
        Wire.readDevice(in), in.readLong(), Wire.readText(in), in.readLong());
  }

  private static void writeRequest(AlarmRequest request, DataOutputView out) throws IOException {
    Wire.writeDevice(request.device(), out);
    Wire.writeText(request.alarmId(), out);
    Wire.writeText(request.pattern(), out);
    if (request.action() instanceof Shelve shelve) {
      out.writeBoolean(true);
      out.writeLong(shelve.until());
      out.writeLong(shelve.forMs());
    } else if (request.action() instanceof Acknowledge) {
      out.writeBoolean(false);
    } else {
      throw Wire.noFormFor(request.action());
    }
    Wire.writeText(request.by(), out);
    out.writeLong(request.arrivedAt());
  }

  private static AlarmRequest readRequest(DataInputView in) throws IOException {
    return new AlarmRequest(
        Wire.readDevice(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readBoolean() ? new Shelve(in.readLong(), in.readLong()) : new Acknowledge(),
        Wire.readText(in),
        in.readLong());
  }

  private static void writeUnusable(UnusableValues unusable, DataOutputView out)
      throws IOException {
    Wire.writeDevice(unusable.device(), out);
    Wire.writeText(unusable.topic(), out);
    out.writeLong(unusable.timestamp());
    Wire.writeCount(unusable.members().size(), out);
    for (Member member : unusable.members()) {
      Wire.writeText(member.name(), out);
      Wire.writeText(member.what(), out);
    }
    Wire.writeText(unusable.payload(), out);
    AttributesSerializer.INSTANCE.serialize(unusable.attributes(), out);
    out.writeLong(unusable.arrivedAt());
  }

  private static UnusableValues readUnusable(DataInputView in) throws IOException {
    DeviceId device = Wire.readDevice(in);
    String topic = Wire.readText(in);
    long timestamp = in.readLong();
    List<Member> members = new ArrayList<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      members.add(new Member(Wire.readText(in), Wire.readText(in)));
    }
    return new UnusableValues(
        device,
        topic,
        timestamp,
        members,
        Wire.readText(in),
        AttributesSerializer.INSTANCE.deserialize(in),
        in.readLong());
  }
}
