package io.motorwatch.sink.influx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs serializers and keeps their lines as text, with the destination in front. */
public final class Encoded implements LineEncoder.Target {

  private final List<String> lines = new ArrayList<>();
  private int beyondRetention;

  /** What a serializer makes of a value: {@code tier/precision line}. */
  public static <T> List<String> by(PointSerializer<T> serializer, T value) {
    Encoded encoded = new Encoded();
    LineEncoder encoder = new LineEncoder(encoded);
    serializer.serialize(value, encoder);
    encoder.endValue();
    return encoded.lines;
  }

  /** How many points a serializer leaves out as too old. */
  public static <T> int leftOut(PointSerializer<T> serializer, T value) {
    Encoded encoded = new Encoded();
    serializer.serialize(value, new LineEncoder(encoded));
    return encoded.beyondRetention;
  }

  /** Lines of one destination, for a queue or an endpoint. */
  static LineBatch lines(String tier, String... texts) {
    LineBatchBuilder batch =
        new LineBatchBuilder(new Destination(tier, TimePrecision.MILLISECONDS));
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      batch.add(bytes, bytes.length);
    }
    return batch.take();
  }

  @Override
  public void line(Destination destination, byte[] buffer, int length) {
    lines.add(
        destination.tier()
            + "/"
            + destination.precision().code()
            + " "
            + new String(buffer, 0, length, StandardCharsets.UTF_8));
  }

  @Override
  public void beyondRetention() {
    beyondRetention++;
  }
}
