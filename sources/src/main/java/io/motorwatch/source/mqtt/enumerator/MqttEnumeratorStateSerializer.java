package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's part of a checkpoint. */
public final class MqttEnumeratorStateSerializer
    implements SimpleVersionedSerializer<MqttEnumeratorState> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(MqttEnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    Wire.writeCount(state.established().size(), out);
    for (String clientId : new TreeSet<>(state.established())) {
      Wire.writeText(clientId, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public MqttEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("MQTT enumerator state of unknown version " + version);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    Set<String> established = new HashSet<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      established.add(Wire.readText(in));
    }
    return new MqttEnumeratorState(established);
  }
}
