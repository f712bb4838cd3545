package io.motorwatch.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a job manager through Flink's REST interface. Thread-safe. */
final class FlinkRest {

  private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String url;
  private final Duration limit;

  /**
   * @param url such as {@code http://127.0.0.1:8081}
   */
  FlinkRest(String url) {
    this(url, USUAL_LIMIT);
  }

  /**
   * @param limit how long an answer may take
   */
  FlinkRest(String url, Duration limit) {
    this.url = url;
    this.limit = limit;
    this.http = HttpClient.newBuilder().connectTimeout(limit).build();
  }

  /**
   * What it answers.
   *
   * @param path begins with a slash
   * @throws IOException if it does not, in time, or with an error
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder());
  }

  /** As {@link #get}, to a request that changes something. */
  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request.uri(URI.create(url + path)).timeout(limit).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(url + path + " answers with HTTP " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
