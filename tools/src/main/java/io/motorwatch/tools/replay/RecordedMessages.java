package io.motorwatch.tools.replay;

import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Recordings as the messages their devices would have sent, one recording after the other, read row
 * by row. For a source of one reader that asks for as many as there are. Each arrives at the moment
 * it describes.
 */
public final class RecordedMessages implements GeneratorFunction<Long, MqttMessage> {

  private static final long serialVersionUID = 1L;

  private final ArrayList<RecordedDevice> devices;
  private transient @Nullable Deque<RecordedDevice> left;
  private transient @Nullable Recording open;
  private transient @Nullable RecordedDevice owner;

  public RecordedMessages(List<RecordedDevice> devices) {
    this.devices = new ArrayList<>(devices);
  }

  /**
   * How many messages there are: reads everything once.
   *
   * @throws RecordingException for a file that is not there, lacks a column or is no CSV, or if
   *     none of them has a reading
   */
  public static long count(List<RecordedDevice> devices) throws RecordingException {
    long nameplates = 0;
    long readings = 0;
    for (RecordedDevice device : devices) {
      nameplates += device.attributes().isEmpty() ? 0 : 1;
      try (Recording recording = Recording.open(device.format())) {
        while (recording.next() != null) {
          readings++;
        }
      }
    }
    if (readings == 0) {
      throw new RecordingException(
          devices.stream()
              .map(device -> device.format().file().toString())
              .collect(
                  Collectors.joining(
                      ", ", "", ": no row has both a readable time and a number; nothing to run")));
    }
    return nameplates + readings;
  }

  @Override
  public void open(SourceReaderContext context) {
    left = new ArrayDeque<>(devices);
  }

  @Override
  public MqttMessage map(Long index) throws RecordingException {
    while (true) {
      Recording recording = open;
      RecordedDevice device = owner;
      if (recording != null && device != null) {
        RecordedRow row = recording.next();
        if (row != null) {
          String json = "{\"timestamp\":" + row.at() + row.fields() + "}";
          return message(device.topic() + "/telemetry", json, row.at());
        }
        recording.close();
        open = null;
      }
      RecordedDevice next = left == null ? null : left.poll();
      if (next == null) {
        throw new NoSuchElementException("the recordings have fewer rows than when counted");
      }
      owner = next;
      open = Recording.open(next.format());
      if (!next.attributes().isEmpty()) {
        return message(next.topic() + "/attributes", next.attributes(), 0);
      }
    }
  }

  private static MqttMessage message(String topic, String payload, long at) {
    return new MqttMessage(topic, payload.getBytes(StandardCharsets.UTF_8), false, 1, null, at);
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
