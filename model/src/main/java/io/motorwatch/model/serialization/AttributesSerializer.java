package io.motorwatch.model.serialization;

import io.motorwatch.model.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A nameplate: three maps, each behind its count. */
public final class AttributesSerializer extends ImmutableSerializer<Attributes> {

  public static final AttributesSerializer INSTANCE = new AttributesSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Attributes attributes, DataOutputView out) throws IOException {
    Wire.writeCount(attributes.numbers().size(), out);
    for (Map.Entry<String, Double> entry : attributes.numbers().entrySet()) {
      Wire.writeText(entry.getKey(), out);
      out.writeDouble(entry.getValue());
    }
    Wire.writeCount(attributes.texts().size(), out);
    for (Map.Entry<String, String> entry : attributes.texts().entrySet()) {
      Wire.writeText(entry.getKey(), out);
      Wire.writeText(entry.getValue(), out);
    }
    Wire.writeCount(attributes.lists().size(), out);
    for (Map.Entry<String, List<String>> entry : attributes.lists().entrySet()) {
      Wire.writeText(entry.getKey(), out);
      Wire.writeCount(entry.getValue().size(), out);
      for (String item : entry.getValue()) {
        Wire.writeText(item, out);
      }
    }
  }

  @Override
  public Attributes deserialize(DataInputView in) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      numbers.put(Wire.readText(in), in.readDouble());
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      texts.put(Wire.readText(in), Wire.readText(in));
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      String name = Wire.readText(in);
      int items = Wire.readCount(in);
      List<String> list = new ArrayList<>(items);
      for (int i = 0; i < items; i++) {
        list.add(Wire.readText(in));
      }
      lists.put(name, list);
    }
    return new Attributes(numbers, texts, lists);
  }

  @Override
  public TypeSerializerSnapshot<Attributes> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Attributes> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
