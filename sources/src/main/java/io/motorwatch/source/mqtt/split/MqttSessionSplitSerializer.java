package io.motorwatch.source.mqtt.split;

import io.motorwatch.model.serialization.Wire;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A split on its way between enumerator and reader, and in a reader's checkpoint. */
public final class MqttSessionSplitSerializer
    implements SimpleVersionedSerializer<MqttSessionSplit> {

  private static final int VERSION = 4;

  /** Knew of no journals. */
  private static final int WITHOUT_POSITION = 3;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(MqttSessionSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    Wire.writeCount(split.index(), out);
    Wire.writeText(split.clientId(), out);
    out.writeBoolean(split.established());
    Wire.writeCount(split.subscriptions().size(), out);
    for (Subscription subscription : split.subscriptions()) {
      Wire.writeText(subscription.filter(), out);
      out.writeBoolean(subscription.retained());
    }
    writeTexts(split.formerFilters(), out);
    writeTexts(split.readElsewhere(), out);
    SessionProgress progress = split.progress();
    progress.emitted().write(out);
    Wire.writeNumber(progress.position(), out);
    return out.getCopyOfBuffer();
  }

  @Override
  public MqttSessionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION && version != WITHOUT_POSITION) {
      throw new IOException("MQTT session split of unknown version " + version);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int index = Wire.readCount(in);
    String clientId = Wire.readText(in);
    boolean established = in.readBoolean();
    List<Subscription> subscriptions = new ArrayList<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      subscriptions.add(new Subscription(Wire.readText(in), in.readBoolean()));
    }
    return new MqttSessionSplit(
        index,
        clientId,
        subscriptions,
        readTexts(in),
        readTexts(in),
        established,
        new SessionProgress(
            EmittedMessages.read(in),
            version == WITHOUT_POSITION ? JournalRecord.NONE : Wire.readNumber(in)));
  }

  private static void writeTexts(List<String> texts, DataOutputSerializer out) throws IOException {
    Wire.writeCount(texts.size(), out);
    for (String text : texts) {
      Wire.writeText(text, out);
    }
  }

  private static List<String> readTexts(DataInputDeserializer in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      texts.add(Wire.readText(in));
    }
    return texts;
  }
}
