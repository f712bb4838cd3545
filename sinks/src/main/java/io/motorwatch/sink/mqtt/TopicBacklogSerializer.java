package io.motorwatch.sink.mqtt;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.sink.mqtt.TopicBacklog.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The writer's state. Version 2: topic, how many messages, each as number, QoS, retain, length,
 * payload. Version 1 had a single message without a number: topic, QoS, retain, length, payload.
 */
final class TopicBacklogSerializer implements SimpleVersionedSerializer<TopicBacklog> {

  private static final int SINGLE = 1;
  private static final int VERSION = 2;

  /** Those of version 1 come in their order, in front of all that follows. */
  private static final long NUMBER_OF_SINGLE = 0;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(TopicBacklog backlog) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    Wire.writeText(backlog.topic(), out);
    Wire.writeCount(backlog.messages().size(), out);
    for (Waiting waiting : backlog.messages()) {
      OutgoingMessage message = waiting.message();
      out.writeLong(waiting.number());
      out.writeByte(message.qos());
      out.writeBoolean(message.retain());
      Wire.writeCount(message.payload().length, out);
      out.write(message.payload());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public TopicBacklog deserialize(int version, byte[] serialized) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    String topic = Wire.readText(in);
    return switch (version) {
      case SINGLE ->
          new TopicBacklog(topic, List.of(new Waiting(NUMBER_OF_SINGLE, message(topic, in))));
      case VERSION -> new TopicBacklog(topic, messages(topic, in));
      default -> throw new IOException("unknown version " + version + " of the MQTT sink's state");
    };
  }

  private static List<Waiting> messages(String topic, DataInputDeserializer in) throws IOException {
    int count = Wire.readCount(in);
    List<Waiting> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(new Waiting(in.readLong(), message(topic, in)));
    }
    return messages;
  }

  private static OutgoingMessage message(String topic, DataInputDeserializer in)
      throws IOException {
    int qos = in.readByte();
    boolean retain = in.readBoolean();
    byte[] payload = new byte[Wire.readCount(in)];
    in.readFully(payload);
    return new OutgoingMessage(topic, payload, qos, retain);
  }
}
