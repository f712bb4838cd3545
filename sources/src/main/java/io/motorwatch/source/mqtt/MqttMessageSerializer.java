package io.motorwatch.source.mqtt;

import io.motorwatch.model.serialization.ImmutableSerializer;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A message as received. */
public final class MqttMessageSerializer extends ImmutableSerializer<MqttMessage> {

  public static final MqttMessageSerializer INSTANCE = new MqttMessageSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(MqttMessage message, DataOutputView out) throws IOException {
    Wire.writeText(message.topic(), out);
    Wire.writeCount(message.payload().length, out);
    out.write(message.payload());
    out.writeBoolean(message.retained());
    out.writeByte(message.qos());
    out.writeBoolean(message.hmac() != null);
    if (message.hmac() != null) {
      Wire.writeText(message.hmac(), out);
    }
    out.writeLong(message.arrivedAt());
    out.writeBoolean(message.redelivered());
  }

  @Override
  public MqttMessage deserialize(DataInputView in) throws IOException {
    String topic = Wire.readText(in);
    byte[] payload = new byte[Wire.readCount(in)];
    in.readFully(payload);
    return new MqttMessage(
        topic,
        payload,
        in.readBoolean(),
        in.readByte(),
        in.readBoolean() ? Wire.readText(in) : null,
        in.readLong(),
        in.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<MqttMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MqttMessage> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
