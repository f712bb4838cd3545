package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import okio.GzipSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The 2.x protocol, against a server that refuses whatever is not exactly it. */
class V2EndpointTest {

  private final MockWebServer server = new MockWebServer();
  private final StrictV2 dialect = new StrictV2();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(dialect);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private InfluxConnection connection() {
    return InfluxConnection.of(server.url("/").toString().replaceAll("/$", ""), "motorwatch")
        .withToken("plant", Secret.of("t0ken"));
  }

  @Test
  void shouldDetectTheGenerationAndWriteByTheBook() throws Exception {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection(), true)) {
      WriteResponse response = endpoint.write(Encoded.lines("hot", "m v=1.0 1", "m v=2.0 2"));
      assertThat(response).isEqualTo(WriteResponse.of(204, ""));
    }
    assertThat(dialect.written).isEqualTo("m v=1.0 1\nm v=2.0 2\n");
    assertThat(dialect.writeUrl).isNotNull();
    assertThat(dialect.writeUrl.queryParameter("org")).isEqualTo("plant");
    assertThat(dialect.writeUrl.queryParameter("bucket")).isEqualTo("motorwatch/hot");
    assertThat(dialect.writeUrl.queryParameter("precision")).isEqualTo("ms");
  }

  @Test
  void shouldPassOnStatusWordsAndRetryAfter() throws Exception {
    dialect.writeAnswer =
        new MockResponse()
            .setResponseCode(429)
            .setHeader("Retry-After", "12")
            .setBody("{\"code\":\"too many requests\",\"message\":\"slow down\"}");
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection(), true)) {
      assertThat(endpoint.write(Encoded.lines("hot", "m v=1.0 1")))
          .isEqualTo(
              new WriteResponse(
                  429, "slow down", Duration.ofSeconds(12), WriteResponse.Source.INFLUXDB));
    }
  }

  @Test
  void shouldReportAWrongTokenOnce() {
    InfluxConnection wrong = connection().withToken("plant", Secret.of("wrong"));
    assertThatThrownBy(() -> InfluxProbe.connectOnce(wrong))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining(connection().address())
        .hasMessageContaining("401")
        .hasMessageContaining("influx.token")
        .hasMessageNotContaining("wrong")
        .satisfies(
            error -> assertThat(((InfluxUnreachableException) error).worthRetrying()).isFalse());
  }

  @Test
  void shouldCreateMissingBucketsAndWarnOfDifferingOnes() throws Exception {
    List<String> warnings =
        InfluxProvisioner.provision(
            connection(),
            List.of(
                Retention.of("hot", Duration.ofDays(1)),
                Retention.of("warm", Duration.ofDays(30))));
    assertThat(warnings)
        .containsExactly("bucket motorwatch/hot keeps 1h, configured is 24h; left as it is");
    assertThat(dialect.created)
        .contains("\"name\":\"motorwatch/warm\"")
        .contains("\"orgID\":\"0a\"")
        .contains("\"everySeconds\":2592000");
  }

  @Test
  void shouldNotAskThatRedirectsBeFollowed() throws Exception {
    dialect.writeAnswer =
        new MockResponse().setResponseCode(302).setHeader("Location", "/elsewhere");
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection(), true)) {
      assertThat(ResponseClassifier.classify(endpoint.write(Encoded.lines("hot", "m v=1.0 1"))))
          .isEqualTo(Outcome.FATAL);
    }
  }

  private static final class StrictV2 extends Dispatcher {

    private volatile String written = "";
    private volatile String created = "";
    private volatile @Nullable HttpUrl writeUrl;
    private volatile MockResponse writeAnswer = new MockResponse().setResponseCode(204);

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      HttpUrl url = request.getRequestUrl();
      if (url == null) {
        return error(400, "no URL");
      }
      if (url.encodedPath().equals("/ping")) {
        return new MockResponse().setResponseCode(204).setHeader("X-Influxdb-Version", "v2.7.10");
      }
      if (!"Token t0ken".equals(request.getHeader("Authorization"))) {
        return error(401, "unauthorized access");
      }
      String route = request.getMethod() + " " + url.encodedPath();
      return switch (route) {
        case "POST /api/v2/write" -> write(request, url);
        case "GET /api/v2/orgs" -> json("{\"orgs\":[{\"id\":\"0a\",\"name\":\"plant\"}]}");
        case "GET /api/v2/buckets" -> buckets(url);
        case "POST /api/v2/buckets" -> {
          created = body(request);
          yield json("{\"id\":\"0b\",\"name\":\"new\",\"retentionRules\":[]}").setResponseCode(201);
        }
        default -> error(404, "path not found: " + route);
      };
    }

    private MockResponse write(RecordedRequest request, HttpUrl url) {
      if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
        return error(400, "not compressed");
      }
      writeUrl = url;
      written = body(request);
      return writeAnswer;
    }

    private static MockResponse buckets(HttpUrl url) {
      boolean hot = "motorwatch/hot".equals(url.queryParameter("name"));
      return json(
          hot
              ? "{\"buckets\":[{\"id\":\"0c\",\"name\":\"motorwatch/hot\","
                  + "\"retentionRules\":[{\"type\":\"expire\",\"everySeconds\":3600}]}]}"
              : "{\"buckets\":[]}");
    }

    private static String body(RecordedRequest request) {
      try {
        if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
          return request.getBody().readUtf8();
        }
        Buffer plain = new Buffer();
        try (GzipSource source = new GzipSource(request.getBody())) {
          plain.writeAll(source);
        }
        return plain.readUtf8();
      } catch (IOException e) {
        return "unreadable: " + e;
      }
    }

    private static MockResponse json(String body) {
      return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    private static MockResponse error(int status, String message) {
      return json("{\"code\":\"x\",\"message\":\"" + message + "\"}").setResponseCode(status);
    }
  }
}
