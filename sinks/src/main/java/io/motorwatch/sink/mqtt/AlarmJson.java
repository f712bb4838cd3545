package io.motorwatch.sink.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.motorwatch.model.Alarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What the JSON of alerts and commands has in common. */
final class AlarmJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AlarmJson() {}

  /** Writes the members of an object. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no I/O errors", e);
    }
    return bytes.toByteArray();
  }

  static void report(Alarm alarm, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("report");
    for (Map.Entry<String, Double> entry : alarm.report().entrySet()) {
      number(out, entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  /** Left out where there is none. */
  static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumberField(name, value);
    }
  }
}
