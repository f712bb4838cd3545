package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;

/** Reads a real InfluxDB by InfluxQL; times come as ISO 8601, numbers as doubles. */
public final class InfluxQueries implements AutoCloseable {

  private final InfluxDB client;
  private final String database;

  /** Of a 1.x without log-in. */
  public InfluxQueries(String url, String database) {
    this(InfluxConnection.of(url, database));
  }

  /** By the connection's token, where it has one. */
  InfluxQueries(InfluxConnection connection) {
    OkHttpClient.Builder http = new OkHttpClient.Builder();
    Secret token = connection.token();
    if (token != null) {
      http.addInterceptor(
          chain ->
              chain.proceed(
                  chain
                      .request()
                      .newBuilder()
                      .header("Authorization", "Token " + token.reveal())
                      .build()));
    }
    this.client = InfluxDBFactory.connect(connection.url().toString(), http);
    this.database = connection.database();
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
