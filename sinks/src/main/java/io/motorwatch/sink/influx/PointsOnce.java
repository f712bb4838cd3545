package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a few points outside of a job, once, and says whether the database has them. */
public final class PointsOnce {

  private PointsOnce() {}

  /**
   * Writes a value's points. Blocks until the server has answered.
   *
   * @throws InfluxUnreachableException if it does not answer or refuses them; says why
   */
  public static <T> void write(InfluxConnection connection, PointSerializer<T> serializer, T value)
      throws IOException {
    Map<Destination, LineBatchBuilder> batches = new LinkedHashMap<>();
    serializer.serialize(value, new LineEncoder(gatherIn(batches)));
    InfluxEndpoint endpoint = DetectingEndpoint.open(connection);
    try {
      for (LineBatchBuilder batch : batches.values()) {
        WriteResponse response = endpoint.write(batch.take());
        if (response.status() / 100 != 2) {
          throw new InfluxUnreachableException(
              "InfluxDB at " + connection.address() + " does not take the points: " + response,
              false);
        }
      }
    } finally {
      endpoint.close();
    }
  }

  private static LineEncoder.Target gatherIn(Map<Destination, LineBatchBuilder> batches) {
    return new LineEncoder.Target() {
      @Override
      public void line(Destination destination, byte[] buffer, int length) {
        batches.computeIfAbsent(destination, LineBatchBuilder::new).add(buffer, length);
      }

      @Override
      public void beyondRetention() {
        // Points of now are within any.
      }
    };
  }
}
