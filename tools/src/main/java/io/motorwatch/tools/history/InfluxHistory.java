package io.motorwatch.tools.history;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.sink.influx.schema.TelemetryPoints;
import io.motorwatch.tools.replay.RecordedReadings;
import io.motorwatch.tools.replay.RecordingException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One device's readings in InfluxDB, in one query that is read as it comes. Sizes are milliseconds
 * of the range asked for.
 */
public final class InfluxHistory implements DeviceHistory {

  private static final Set<String> NO_FIELDS = Set.of("name", "tags", "time", "site", "device");

  private final InfluxConnection connection;
  private final String tier;
  private final DeviceId device;
  private final Attributes attributes;
  private final HistoryWindow window;

  /**
   * @param connection whose generation is known
   * @param window with a begin and an end
   */
  InfluxHistory(
      InfluxConnection connection,
      String tier,
      DeviceId device,
      Attributes attributes,
      HistoryWindow window) {
    this.connection = connection;
    this.tier = tier;
    this.device = device;
    this.attributes = attributes;
    this.window = window;
  }

  @Override
  public DeviceId device() {
    return device;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public long size() {
    return Math.max(1, window.until() - window.since());
  }

  @Override
  public ReadingCursor open() throws HistoryException {
    InfluxQlClient client = null;
    try {
      client = InfluxQlClient.again(connection);
      String statement = statement(client, tier, device, window);
      RecordedReadings readings =
          RecordedReadings.ofAnswer(
              client.ask(tier, statement),
              device.path() + " in InfluxDB",
              device,
              column -> NO_FIELDS.contains(column) ? null : TelemetryPoints.readingField(column));
      return new Cursor(client, readings);
    } catch (IOException | RecordingException e) {
      if (client != null) {
        client.close();
      }
      throw brokeOff(e);
    }
  }

  static String statement(
      InfluxQlClient client, String tier, DeviceId device, HistoryWindow window) {
    return "SELECT *::field FROM "
        + client.from(tier, TelemetryPoints.MEASUREMENT)
        + " WHERE \"site\" = "
        + InfluxQlClient.literal(device.site())
        + " AND \"device\" = "
        + InfluxQlClient.literal(device.device())
        + " AND time >= "
        + window.since()
        + "ms AND time < "
        + window.until()
        + "ms";
  }

  private static HistoryException brokeOff(Exception cause) {
    return new HistoryException(
        HistoryException.Kind.BROKE_OFF, String.valueOf(cause.getMessage()), cause);
  }

  private final class Cursor implements ReadingCursor {

    private final InfluxQlClient client;
    private final RecordedReadings readings;
    private long at;

    Cursor(InfluxQlClient client, RecordedReadings readings) {
      this.client = client;
      this.readings = readings;
      this.at = window.since();
    }

    @Override
    public @Nullable Reading next() throws HistoryException {
      try {
        Reading next = readings.next();
        if (readings.rowsWithoutTime() > 0) {
          throw new HistoryException(
              HistoryException.Kind.BROKE_OFF,
              "InfluxDB broke off the history of "
                  + device.path()
                  + ": "
                  + String.join(" ", readings.firstWithoutTime()));
        }
        at = next == null ? window.until() : next.timestamp();
        return next;
      } catch (RecordingException e) {
        throw brokeOff(e);
      }
    }

    @Override
    public long position() {
      return at - window.since();
    }

    @Override
    public void close() {
      readings.close();
      client.close();
    }
  }
}
