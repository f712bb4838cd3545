package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState.HeldSession;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.SessionProgress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's part of a checkpoint. */
public final class MqttEnumeratorStateSerializer
    implements SimpleVersionedSerializer<MqttEnumeratorState> {

  private static final int VERSION = 4;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(MqttEnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    Wire.writeCount(state.held().size(), out);
    for (Map.Entry<String, HeldSession> entry : new TreeMap<>(state.held()).entrySet()) {
      Wire.writeText(entry.getKey(), out);
      out.writeBoolean(entry.getValue().established());
      writeTexts(entry.getValue().filters(), out);
    }
    Wire.writeCount(state.progress().size(), out);
    for (Map.Entry<String, SessionProgress> entry : new TreeMap<>(state.progress()).entrySet()) {
      Wire.writeText(entry.getKey(), out);
      entry.getValue().emitted().write(out);
      Wire.writeNumber(entry.getValue().position(), out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public MqttEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    Map<String, HeldSession> held = new HashMap<>();
    Map<String, SessionProgress> progress = new HashMap<>();
    switch (version) {
      // Had no more than the client ids of the established.
      case 1 -> readTexts(in).forEach(id -> held.put(id, new HeldSession(true, Set.of())));
      // Knew nothing of emitted messages.
      case 2 -> readHeld(in, held);
      // Knew nothing of journals.
      case 3, VERSION -> {
        readHeld(in, held);
        for (int n = Wire.readCount(in); n > 0; n--) {
          String clientId = Wire.readText(in);
          EmittedMessages emitted = EmittedMessages.read(in);
          long position = version == VERSION ? Wire.readNumber(in) : JournalRecord.NONE;
          progress.put(clientId, new SessionProgress(emitted, position));
        }
      }
      default -> throw new IOException("MQTT enumerator state of unknown version " + version);
    }
    return new MqttEnumeratorState(held, progress);
  }

  private static void readHeld(DataInputDeserializer in, Map<String, HeldSession> held)
      throws IOException {
    for (int n = Wire.readCount(in); n > 0; n--) {
      held.put(Wire.readText(in), new HeldSession(in.readBoolean(), readTexts(in)));
    }
  }

  private static void writeTexts(Collection<String> texts, DataOutputSerializer out)
      throws IOException {
    Wire.writeCount(texts.size(), out);
    for (String text : new TreeSet<>(texts)) {
      Wire.writeText(text, out);
    }
  }

  private static Set<String> readTexts(DataInputDeserializer in) throws IOException {
    Set<String> texts = new TreeSet<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      texts.add(Wire.readText(in));
    }
    return texts;
  }
}
