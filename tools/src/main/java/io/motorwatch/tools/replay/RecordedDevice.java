package io.motorwatch.tools.replay;

import io.motorwatch.model.DeviceId;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recording of one device, as a job takes it along.
 *
 * @param file its path
 * @param topic the root of its topics
 * @param attributes the device's nameplate as a JSON object; empty for none
 */
public record RecordedDevice(
    String file,
    String delimiter,
    String timeColumn,
    ZoneId zone,
    LinkedHashMap<String, String> fields,
    String topic,
    String attributes)
    implements Serializable {

  public static RecordedDevice of(RecordingFormat format, DeviceId device, String attributes) {
    return new RecordedDevice(
        format.file().toString(),
        format.delimiter(),
        format.timeColumn(),
        format.zone(),
        new LinkedHashMap<>(format.fields()),
        "site/" + device.site() + "/device/" + device.device(),
        attributes);
  }

  RecordingFormat format() {
    return new RecordingFormat(Path.of(file), delimiter, timeColumn, zone, Map.copyOf(fields));
  }
}
