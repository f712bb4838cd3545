package io.motorwatch.jobs.cluster;

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

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String url;

  /**
   * @param url such as {@code http://127.0.0.1:8081}
   */
  FlinkRest(String url) {
    this.url = url;
  }

  /**
   * What it answers.
   *
   * @param path begins with a slash
   * @throws IOException if it does not, within five seconds, or with an error
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(url + path + " answers with HTTP " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
