package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query's answer. The client's own objects have nulls wherever the answer leaves
 * something out, and a proxy in between may answer anything.
 */
final class V1Rows {

  private V1Rows() {}

  /**
   * All rows, each by its columns' names.
   *
   * @throws IOException if the answer is a refusal, or has not the form of an answer; the message
   *     goes on from the name of who answered
   */
  static List<Map<String, Object>> of(@Nullable QueryResult answer) throws IOException {
    refuse(present(answer, "object").getError());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (QueryResult.Result result : present(answer.getResults(), "results")) {
      refuse(present(result, "result").getError());
      if (result.getSeries() == null) {
        continue; // A statement that returns nothing.
      }
      for (QueryResult.Series series : result.getSeries()) {
        addTo(rows, present(series, "series"));
      }
    }
    return rows;
  }

  private static void addTo(List<Map<String, Object>> rows, QueryResult.Series series)
      throws IOException {
    if (series.getValues() == null) {
      return; // No rows.
    }
    List<String> columns = present(series.getColumns(), "columns");
    for (List<Object> values : series.getValues()) {
      if (present(values, "values").size() != columns.size()) {
        throw unreadable("values that do not fit the columns");
      }
      Map<String, Object> row = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), values.get(i));
      }
      rows.add(row);
    }
  }

  private static void refuse(@Nullable String error) throws IOException {
    if (error != null) {
      throw new IOException("refuses: " + error);
    }
  }

  private static <T> T present(@Nullable T part, String name) throws IOException {
    if (part == null) {
      throw unreadable("no " + name);
    }
    return part;
  }

  private static IOException unreadable(String what) {
    return new IOException(
        "gives an answer that cannot be read (%s): check influx.url and any proxy in between"
            .formatted(what));
  }
}
