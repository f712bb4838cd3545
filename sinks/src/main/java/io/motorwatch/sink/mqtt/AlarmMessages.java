package io.motorwatch.sink.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An alarm's two messages: the alert on {@code …/alert}, and on {@code …/alarms/{pattern}} what a
 * new subscriber finds: the open alarm, or nothing once it is cleared. Numbers a pattern does not
 * have are left out of the JSON.
 */
public final class AlarmMessages implements MessageSerializer<Alarm> {

  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();
  private static final int AT_LEAST_ONCE = 1;
  private static final byte[] NOTHING = new byte[0];

  private final String root;

  /**
   * @param root a device's topic with {@code {device}} and optionally {@code {site}}, such as
   *     {@code site/{site}/device/{device}}; without a slash at the end
   */
  public AlarmMessages(String root) {
    if (!root.contains("{device}")) {
      throw new IllegalArgumentException("the topic '" + root + "' lacks {device}");
    }
    this.root = root;
  }

  @Override
  public void serialize(Alarm alarm, Consumer<OutgoingMessage> out) {
    byte[] json = json(alarm);
    DeviceId device = alarm.episode().device();
    String topic = root.replace("{site}", device.site()).replace("{device}", device.device());
    boolean open = alarm.state() != AlarmState.CLEARED;
    out.accept(new OutgoingMessage(topic + "/alert", json, AT_LEAST_ONCE, false));
    out.accept(
        new OutgoingMessage(
            topic + "/alarms/" + alarm.episode().pattern(),
            open ? json : NOTHING,
            AT_LEAST_ONCE,
            true));
  }

  private static byte[] json(Alarm alarm) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(alarm, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no I/O errors", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Alarm alarm, JsonGenerator out) throws IOException {
    AlarmEpisode episode = alarm.episode();
    out.writeStartObject();
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
    number(out, "value", alarm.value());
    number(out, "threshold", alarm.threshold());
    number(out, "peak", alarm.peak());
    out.writeNumberField("durationMs", alarm.durationMs());
    out.writeStringField("message", alarm.message());
    out.writeObjectFieldStart("report");
    for (Map.Entry<String, Double> entry : alarm.report().entrySet()) {
      number(out, entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
    text(out, "reason", alarm.reason());
    out.writeEndObject();
  }

  private static void text(JsonGenerator out, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      out.writeStringField(name, value);
    }
  }

  private static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumberField(name, value);
    }
  }
}
