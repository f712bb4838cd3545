package io.motorwatch.sink.mqtt;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The writer's state. Version 1: topic, QoS, retain, length, payload. */
final class OutgoingMessageSerializer implements SimpleVersionedSerializer<OutgoingMessage> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(OutgoingMessage message) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64 + message.payload().length);
    Wire.writeText(message.topic(), out);
    out.writeByte(message.qos());
    out.writeBoolean(message.retain());
    Wire.writeCount(message.payload().length, out);
    out.write(message.payload());
    return out.getCopyOfBuffer();
  }

  @Override
  public OutgoingMessage deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("unknown version " + version + " of the MQTT sink's state");
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    String topic = Wire.readText(in);
    int qos = in.readByte();
    boolean retain = in.readBoolean();
    byte[] payload = new byte[Wire.readCount(in)];
    in.readFully(payload);
    return new OutgoingMessage(topic, payload, qos, retain);
  }
}
