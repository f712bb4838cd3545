package io.motorwatch.tools.history;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.sink.influx.schema.AlarmPoints;
import io.motorwatch.sink.influx.schema.Tiers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The alarms that the job has written to {@code events}. */
public final class StoredAlarms {

  /** Behind the measurement's name, its tags and the time. */
  private static final int FIRST_COLUMN = 3;

  private static final int TIME_COLUMN = 2;

  private final InfluxConnection connection;

  public StoredAlarms(InfluxConnection connection) {
    this.connection = connection;
  }

  /**
   * Finds an alarm by its id.
   *
   * @return nothing if there is none
   * @throws ConfigException if the database cannot be asked; says why
   */
  public Optional<AlarmReference> find(String alarmId) throws ConfigException {
    List<List<String>> rows =
        ask(
            "SELECT \"site\", \"device\", \"pattern\", \"raised_at\"",
            "\"alarm_id\" = " + InfluxQlClient.literal(alarmId) + " LIMIT 1");
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> row = rows.get(0).subList(FIRST_COLUMN, rows.get(0).size());
    return Optional.of(
        new AlarmReference(
            new DeviceId(row.get(0), row.get(1)),
            row.get(2),
            (long) Double.parseDouble(row.get(3))));
  }

  /**
   * Since when a pattern has been shelved for a device at a time.
   *
   * @param at device time, epoch milliseconds
   * @return nothing if it was not, as far as events say
   */
  public Optional<Long> shelvedSince(DeviceId device, String pattern, long at)
      throws ConfigException {
    String until = at == Long.MAX_VALUE ? "" : " AND time <= " + at + "ms";
    List<List<String>> rows =
        ask(
            "SELECT \"state\"",
            "\"site\" = "
                + InfluxQlClient.literal(device.site())
                + " AND \"device\" = "
                + InfluxQlClient.literal(device.device())
                + " AND \"pattern\" = "
                + InfluxQlClient.literal(pattern)
                + " AND (\"state\" = 'SHELVED' OR \"state\" = 'UNSHELVED')"
                + until
                + " ORDER BY time DESC LIMIT 1");
    return rows.stream()
        .filter(row -> row.get(FIRST_COLUMN).equals("SHELVED"))
        .map(row -> Long.parseLong(row.get(TIME_COLUMN)))
        .findFirst();
  }

  private List<List<String>> ask(String select, String where) throws ConfigException {
    try (InfluxQlClient client = InfluxQlClient.open(connection)) {
      String from = client.from(Tiers.EVENTS, AlarmPoints.MEASUREMENT);
      return InfluxArchive.rows(client, Tiers.EVENTS, select + " FROM " + from + " WHERE " + where);
    } catch (IOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
