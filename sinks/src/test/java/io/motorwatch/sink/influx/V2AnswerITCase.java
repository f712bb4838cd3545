package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.local.LocalInfluxDb2;
import io.motorwatch.model.connection.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The table of answers is what a real server says to the same requests. */
@EnabledIfEnvironmentVariable(
    named = LocalInfluxDb2.VARIABLE,
    matches = ".+",
    disabledReason = "names no influxd 2.x: the table of its answers is not compared")
class V2AnswerITCase {

  private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f]{16})\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\": ?\"([^\"]+)\"");

  /** What is another one at each server, each time, or in each build. */
  private static final Pattern VARIES =
      Pattern.compile(
          "[0-9a-f]{16}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|(?<=\"(?:up|version|commit)\": ?\")[^\"]*");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;
  private LocalInfluxDb2 server;
  private String orgId;
  private String bucketId = "";
  private String limitedToken = "";

  @Test
  void aRealServerAnswersAsTheTableSays() throws Exception {
    try (LocalInfluxDb2 started = LocalInfluxDb2.start(folder)) {
      server = started;
      orgId = id("/api/v2/orgs?org=" + LocalInfluxDb2.ORG);
      provision();
      SoftAssertions differences = new SoftAssertions();
      for (V2Answer answer : V2Answer.all()) {
        HttpResponse<String> response = http.send(request(answer), text());
        if (answer.name().equals("bucket-created")) {
          bucketId = first(ID, response.body());
          limitedToken = limitedToken();
        }
        differences
            .assertThat(response.statusCode() + headers(response) + "\n" + fixed(response.body()))
            .as(answer.name())
            .isEqualTo(answer.status() + headers(answer) + "\n" + fixed(answer.body()));
      }
      differences.assertAll();
    }
  }

  private void provision() throws IOException {
    InfluxProvisioner.provision(
        InfluxConnection.of(server.url(), "motorwatch")
            .withToken(LocalInfluxDb2.ORG, Secret.of(LocalInfluxDb2.TOKEN)),
        List.of(
            Retention.of("hot", Duration.ofHours(24)),
            Retention.of("warm", Duration.ofDays(30)),
            Retention.of("cold", Duration.ofDays(365)),
            Retention.unlimited("archive"),
            Retention.of("events", Duration.ofDays(1825))));
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private HttpRequest request(V2Answer answer) throws IOException {
    byte[] body = real(answer.sent()).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + real(answer.target())));
    if (!answer.gzip().isEmpty()) {
      request.header("Content-Encoding", "gzip");
      body = answer.gzip().equals("gzip") ? zipped(body) : body;
    }
    switch (answer.token()) {
      case "all" -> request.header("Authorization", "Token " + LocalInfluxDb2.TOKEN);
      case "limited" -> request.header("Authorization", "Token " + limitedToken);
      case "wrong" -> request.header("Authorization", "Token wrong");
      default -> {}
    }
    return request.method(answer.method(), HttpRequest.BodyPublishers.ofByteArray(body)).build();
  }

  private String real(String text) {
    return text.replace(V2Answer.ORG_ID, orgId).replace(V2Answer.BUCKET_ID, bucketId);
  }

  private static byte[] zipped(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    }
    return bytes.toByteArray();
  }

  private static String fixed(String body) {
    return VARIES.matcher(body).replaceAll("*").strip();
  }

  private static String headers(V2Answer answer) {
    return headers(name -> Optional.ofNullable(answer.headers().get(name)));
  }

  private static String headers(HttpResponse<String> response) {
    return headers(response.headers()::firstValue);
  }

  /** Those that matter, a line each. */
  private static String headers(Function<String, Optional<String>> find) {
    return Stream.of("Content-Type", "X-Influxdb-Build", "X-Platform-Error-Code")
        .map(name -> "\n" + name + ": " + find.apply(name).orElse("none"))
        .collect(Collectors.joining());
  }

  private String id(String path) throws Exception {
    return first(ID, server.request("GET", path, LocalInfluxDb2.TOKEN, ""));
  }

  private String limitedToken() throws Exception {
    String permission =
        "{\"action\":\"%s\",\"resource\":{\"type\":\"buckets\",\"id\":\"%s\",\"orgID\":\"%s\"}}";
    return first(
        TOKEN,
        server.request(
            "POST",
            "/api/v2/authorizations",
            LocalInfluxDb2.TOKEN,
            "{\"orgID\":\"%s\",\"permissions\":[%s,%s]}"
                .formatted(
                    orgId,
                    permission.formatted("read", bucketId, orgId),
                    permission.formatted("write", bucketId, orgId))));
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
