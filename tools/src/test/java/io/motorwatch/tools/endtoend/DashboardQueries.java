package io.motorwatch.tools.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every query of a Grafana dashboard: of its panels, variables and annotations. */
final class DashboardQueries {

  /**
   * A query as the dashboard has it.
   *
   * @param where the panel, variable or annotation it belongs to
   */
  record Query(String where, String text) {

    /** What Grafana would send for this range and these choices. */
    String ready(long from, long to, String site, String device, String tier) {
      return text.replace("$timeFilter", "time >= " + from + "ms AND time <= " + to + "ms")
          .replace("${__from}ms - 90s", "now() - 1h")
          .replace("${__to}ms + 90s", "now() + 1h")
          .replace("${__from}", Long.toString(from))
          .replace("${__to}", Long.toString(to))
          .replace("$__interval", "1m")
          .replace("$site", site)
          .replace("$device", device)
          .replace("${tier}", tier);
    }
  }

  private DashboardQueries() {}

  static List<Query> of(Path file) throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        queries.add(new Query(panel.get("title").asText(), target.get("query").asText()));
      }
    }
    for (JsonNode variable : dashboard.get("templating").get("list")) {
      queries.add(new Query("variable " + variable.get("name"), variable.get("query").asText()));
    }
    for (JsonNode annotation : dashboard.get("annotations").get("list")) {
      queries.add(
          new Query("annotation " + annotation.get("name"), annotation.get("query").asText()));
    }
    return queries;
  }
}
