package io.motorwatch.sink.mqtt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * An alarm's two messages: the alert on {@code …/alert}, and on {@code …/alarms/{pattern}} what a
 * new subscriber finds: the open alarm, or nothing once it is cleared. Numbers a pattern does not
 * have are left out of the JSON.
 */
public final class AlarmMessages implements MessageSerializer<Alarm> {

  private static final long serialVersionUID = 1L;
  private static final int AT_LEAST_ONCE = 1;
  private static final byte[] NOTHING = new byte[0];

  private final DeviceTopics topics;

  /**
   * @param root a device's topic with {@code {device}} and optionally {@code {site}}, such as
   *     {@code site/{site}/device/{device}}; without a slash at the end
   */
  public AlarmMessages(String root) {
    this.topics = new DeviceTopics(root);
  }

  @Override
  public void serialize(Alarm alarm, Consumer<OutgoingMessage> out) {
    byte[] json = AlarmJson.object(members -> write(alarm, members));
    String topic = topics.of(alarm.episode().device());
    boolean open = alarm.state() != AlarmState.CLEARED;
    out.accept(new OutgoingMessage(topic + "/alert", json, AT_LEAST_ONCE, false));
    out.accept(
        new OutgoingMessage(
            topic + "/alarms/" + alarm.episode().pattern(),
            open ? json : NOTHING,
            AT_LEAST_ONCE,
            true));
  }

  private static void write(Alarm alarm, JsonGenerator out) throws IOException {
    AlarmEpisode episode = alarm.episode();
    out.writeStringField("alarmId", episode.alarmId());
    out.writeStringField("state", alarm.state().name());
    out.writeStringField("pattern", episode.pattern());
    out.writeNumberField("patternVersion", episode.patternVersion());
    text(out, "ansi", episode.ansi());
    out.writeStringField("severity", alarm.severity());
    out.writeStringField("site", episode.device().site());
    out.writeStringField("device", episode.device().device());
    out.writeNumberField("onsetAt", episode.onsetAt());
    out.writeNumberField("raisedAt", episode.raisedAt());
    out.writeNumberField("at", alarm.at());
    AlarmJson.number(out, "value", alarm.value());
    AlarmJson.number(out, "threshold", alarm.threshold());
    AlarmJson.number(out, "peak", alarm.peak());
    out.writeNumberField("durationMs", alarm.durationMs());
    out.writeStringField("message", alarm.message());
    AlarmJson.report(alarm, out);
    text(out, "reason", alarm.reason());
  }

  private static void text(JsonGenerator out, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      out.writeStringField(name, value);
    }
  }
}
