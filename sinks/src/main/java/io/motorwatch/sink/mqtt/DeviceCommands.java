package io.motorwatch.sink.mqtt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Publishes a pattern's command on {@code …/command} of the device when its alarm is raised. Not
 * retained: a device that comes back later is not to obey what was meant for another moment. After
 * a failure a command may come twice; the device recognises that by the {@code alarmId}.
 */
public final class DeviceCommands implements MessageSerializer<Alarm> {

  private static final long serialVersionUID = 1L;
  private static final int AT_LEAST_ONCE = 1;

  private final DeviceTopics topics;

  /**
   * @param root a device's topic with {@code {device}} and optionally {@code {site}}
   */
  public DeviceCommands(String root) {
    this.topics = new DeviceTopics(root);
  }

  @Override
  public void serialize(Alarm alarm, Consumer<OutgoingMessage> out) {
    if (!alarm.command().isEmpty()) {
      out.accept(
          new OutgoingMessage(
              topics.of(alarm.episode().device()) + "/command",
              AlarmJson.object(json -> write(alarm, json)),
              AT_LEAST_ONCE,
              false));
    }
  }

  private static void write(Alarm alarm, JsonGenerator out) throws IOException {
    AlarmEpisode episode = alarm.episode();
    out.writeStringField("alarmId", episode.alarmId());
    out.writeStringField("pattern", episode.pattern());
    out.writeNumberField("patternVersion", episode.patternVersion());
    out.writeStringField("severity", alarm.severity());
    out.writeStringField("site", episode.device().site());
    out.writeStringField("device", episode.device().device());
    out.writeNumberField("onsetAt", episode.onsetAt());
    out.writeNumberField("raisedAt", episode.raisedAt());
    out.writeNumberField("at", alarm.at());
    out.writeFieldName("command");
    out.writeRawValue(alarm.command());
    AlarmJson.report(alarm, out);
  }
}
