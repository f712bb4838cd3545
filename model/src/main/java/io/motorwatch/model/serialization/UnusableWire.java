package io.motorwatch.model.serialization;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The form of values that could not be used, the same on both sides of the timeline. */
final class UnusableWire {

  private UnusableWire() {}

  static void write(UnusableValues unusable, DataOutputView out) throws IOException {
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

  static UnusableValues read(DataInputView in) throws IOException {
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
