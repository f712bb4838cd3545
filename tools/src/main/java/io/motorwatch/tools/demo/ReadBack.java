package io.motorwatch.tools.demo;

import java.util.ArrayList;
import java.util.List;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;

/** What InfluxDB holds in the end, by its own answers. Blocks; for one thread. */
public final class ReadBack implements AutoCloseable {

  private static final String DATABASE = "motorwatch";

  private final InfluxDB client;
  private final String site;

  /**
   * @param site whose devices to look at
   */
  public ReadBack(String url, String site) {
    this.client = InfluxDBFactory.connect(url);
    this.site = site;
  }

  /** An alarm's transition as kept. */
  public record AlarmPoint(String device, String pattern, String state, long at, long onsetAt) {}

  /** How many readings the hot tier holds. */
  public long readings() {
    return number("SELECT count(current) FROM hot.telemetry" + where());
  }

  /** How many windows a tier holds, devices together. */
  public long windows(String tier) {
    return number("SELECT count(current_count) FROM \"" + tier + "\".telemetry_agg" + where());
  }

  /** How many readings the windows of a tier stand for. */
  public long readingsIn(String tier) {
    return number("SELECT sum(current_count) FROM \"" + tier + "\".telemetry_agg" + where());
  }

  /** How many messages were refused, of whatever site. */
  public long rejected() {
    return number("SELECT count(detail) FROM events.rejected");
  }

  /** All transitions of all alarms, in time order. */
  public List<AlarmPoint> alarms() {
    List<AlarmPoint> alarms = new ArrayList<>();
    String query =
        "SELECT device, pattern, state, onset_at, duration_ms FROM events.alarm" + where();
    for (List<Object> row : rows(query)) {
      long onset = whole(row.get(4));
      alarms.add(
          new AlarmPoint(
              (String) row.get(1),
              (String) row.get(2),
              (String) row.get(3),
              onset + whole(row.get(5)),
              onset));
    }
    return alarms;
  }

  private String where() {
    return " WHERE site = '" + site.replace("'", "\\'") + "'";
  }

  private long number(String query) {
    List<List<Object>> rows = rows(query);
    return rows.isEmpty() ? 0 : whole(rows.get(0).get(1));
  }

  private static long whole(Object number) {
    return ((Number) number).longValue();
  }

  private List<List<Object>> rows(String query) {
    QueryResult result = client.query(new Query(query, DATABASE));
    if (result.hasError()) {
      throw new IllegalStateException(
          "InfluxDB does not answer " + query + ": " + result.getError());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (QueryResult.Result part : result.getResults()) {
      if (part.getSeries() != null) {
        part.getSeries().forEach(series -> rows.addAll(series.getValues()));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    client.close();
  }
}
