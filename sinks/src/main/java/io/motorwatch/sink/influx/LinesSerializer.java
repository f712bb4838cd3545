package io.motorwatch.sink.influx;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The writer's state. Version 1: tier, precision's name, number of lines, each line's length, the
 * bytes.
 */
final class LinesSerializer implements SimpleVersionedSerializer<LineBatch> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(LineBatch lines) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64 + 2 * lines.count() + lines.byteCount());
    Wire.writeText(lines.destination().tier(), out);
    Wire.writeText(lines.destination().precision().name(), out);
    Wire.writeCount(lines.count(), out);
    int start = 0;
    for (int i = 0; i < lines.count(); i++) {
      Wire.writeCount(lines.end(i) - start, out);
      start = lines.end(i);
    }
    out.write(lines.bytes());
    return out.getCopyOfBuffer();
  }

  @Override
  public LineBatch deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("unknown version " + version + " of the InfluxDB sink's state");
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    Destination destination =
        new Destination(Wire.readText(in), TimePrecision.valueOf(Wire.readText(in)));
    int[] ends = new int[Wire.readCount(in)];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += Wire.readCount(in);
      ends[i] = end;
    }
    byte[] bytes = new byte[end];
    in.readFully(bytes);
    return new LineBatch(destination, bytes, ends);
  }
}
