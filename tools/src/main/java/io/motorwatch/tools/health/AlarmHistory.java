package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.sink.influx.schema.AlarmPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads alarms back from {@code events.alarm}. */
public final class AlarmHistory {

  private static final String TIER = "events";

  /** Behind the name, the tags and the time, in the order of the query. */
  private static final String COLUMNS =
      "\"state\", \"severity\", \"alarm_id\", \"onset_at\", \"raised_at\", \"site\", \"device\","
          + " \"pattern\"";

  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private AlarmHistory() {}

  /**
   * The alarms that have transitions in a time range, in the order of their raising. One that was
   * raised before it and has a transition in it is among them; one that has none is not, so that a
   * range should begin so much earlier as alarms may stand.
   *
   * @param wanted which devices
   * @throws IOException if the database cannot be used; says why
   */
  public static List<AlarmRecord> read(
      InfluxConnection connection, long since, long until, Predicate<DeviceId> wanted)
      throws IOException {
    AlarmRecords records = new AlarmRecords();
    try (InfluxQlClient client = InfluxQlClient.open(connection);
        InputStream in = client.ask(TIER, statement(client, since, until));
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(text, CSV)) {
      for (CSVRecord row : rows) {
        AlarmTransition transition = transition(row);
        if (wanted.test(transition.source().device())) {
          records.add(transition);
        }
      }
    }
    return records.all();
  }

  private static String statement(InfluxQlClient client, long since, long until) {
    return "SELECT "
        + COLUMNS
        + " FROM "
        + client.from(TIER, AlarmPoints.MEASUREMENT)
        + " WHERE time >= "
        + since
        + "ms AND time < "
        + until
        + "ms";
  }

  private static AlarmTransition transition(CSVRecord row) throws IOException {
    try {
      return new AlarmTransition(
          new AlarmSource(new DeviceId(row.get("site"), row.get("device")), row.get("pattern")),
          row.get("state"),
          row.get("severity"),
          row.get("alarm_id"),
          Long.parseLong(row.get("onset_at")),
          Long.parseLong(row.get("raised_at")),
          Long.parseLong(row.get("time")));
    } catch (IllegalArgumentException e) {
      throw new IOException("a point of events.alarm is not one of motorwatch's: " + row, e);
    }
  }
}
