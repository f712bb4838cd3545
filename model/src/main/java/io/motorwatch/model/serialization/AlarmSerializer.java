package io.motorwatch.model.serialization;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A transition of an alarm. */
public final class AlarmSerializer extends ImmutableSerializer<Alarm> {

  public static final AlarmSerializer INSTANCE = new AlarmSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Alarm alarm, DataOutputView out) throws IOException {
    AlarmEpisode episode = alarm.episode();
    Wire.writeDevice(episode.device(), out);
    Wire.writeText(episode.pattern(), out);
    out.writeLong(episode.patternVersion());
    Wire.writeText(episode.ansi(), out);
    out.writeLong(episode.onsetAt());
    out.writeLong(episode.raisedAt());
    Wire.writeText(alarm.state().name(), out);
    Wire.writeText(alarm.severity(), out);
    out.writeLong(alarm.at());
    Wire.writeCount(alarm.ordinal(), out);
    out.writeDouble(alarm.value());
    out.writeDouble(alarm.threshold());
    out.writeDouble(alarm.peak());
    Wire.writeText(alarm.message(), out);
    Wire.writeCount(alarm.report().size(), out);
    for (Map.Entry<String, Double> entry : alarm.report().entrySet()) {
      Wire.writeText(entry.getKey(), out);
      out.writeDouble(entry.getValue());
    }
    Wire.writeText(alarm.reason(), out);
    Wire.writeText(alarm.command(), out);
  }

  @Override
  public Alarm deserialize(DataInputView in) throws IOException {
    AlarmEpisode episode =
        new AlarmEpisode(
            Wire.readDevice(in),
            Wire.readText(in),
            in.readLong(),
            Wire.readText(in),
            in.readLong(),
            in.readLong());
    return new Alarm(
        episode,
        AlarmState.valueOf(Wire.readText(in)),
        Wire.readText(in),
        in.readLong(),
        Wire.readCount(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        new Alarm.Said(Wire.readText(in), report(in), Wire.readText(in), Wire.readText(in)));
  }

  private static Map<String, Double> report(DataInputView in) throws IOException {
    Map<String, Double> report = new LinkedHashMap<>();
    for (int n = Wire.readCount(in); n > 0; n--) {
      report.put(Wire.readText(in), in.readDouble());
    }
    return report;
  }

  @Override
  public TypeSerializerSnapshot<Alarm> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself; a changed form gets a serializer of a new name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alarm> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
