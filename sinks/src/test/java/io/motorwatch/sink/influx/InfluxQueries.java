package io.motorwatch.sink.influx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;

/** Reads a real InfluxDB 1.x; times come as epoch nanoseconds, numbers as doubles. */
public final class InfluxQueries implements AutoCloseable {

  private final InfluxDB client;
  private final String database;

  public InfluxQueries(String url, String database) {
    this.client = InfluxDBFactory.connect(url);
    this.database = database;
  }

  /** All rows of all series, tags among the columns. */
  public List<Map<String, Object>> rows(String query) {
    QueryResult result = client.query(new Query(query, database));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (QueryResult.Result each : result.getResults()) {
      if (each.hasError()) {
        throw new IllegalStateException(query + ": " + each.getError());
      }
      if (each.getSeries() == null) {
        continue;
      }
      for (QueryResult.Series series : each.getSeries()) {
        for (List<Object> values : series.getValues()) {
          Map<String, Object> row = new LinkedHashMap<>();
          if (series.getTags() != null) {
            row.putAll(series.getTags());
          }
          for (int i = 0; i < values.size(); i++) {
            row.put(series.getColumns().get(i), values.get(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** The one row of a query. */
  public Map<String, Object> row(String query) {
    List<Map<String, Object>> rows = rows(query);
    if (rows.size() != 1) {
      throw new IllegalStateException(query + " has " + rows.size() + " rows");
    }
    return rows.get(0);
  }

  @Override
  public void close() {
    client.close();
  }
}
