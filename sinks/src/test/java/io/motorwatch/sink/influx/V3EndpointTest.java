package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

/**
 * The protocol of InfluxDB 3 Core as documented ("Use compatibility APIs and client libraries to
 * write data"): a token for everything, the 2.x path with the database as bucket, errors with a
 * list of the lines at fault. The server here refuses whatever is not exactly it.
 */
class V3EndpointTest {

  private final MockWebServer server = new MockWebServer();
  private final StrictV3 dialect = new StrictV3();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(dialect);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private InfluxConnection connection(String token) {
    return InfluxConnection.of(server.url("/").toString().replaceAll("/$", ""), "motorwatch")
        .withToken(null, Secret.of(token));
  }

  private WriteResponse write(String... lines) throws IOException {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection("t0ken"), true)) {
      return endpoint.write(Encoded.lines("warm", lines));
    }
  }

  @Test
  void shouldBeKnownByItsVersionAndWrittenWithoutAnOrganisation() throws Exception {
    assertThat(InfluxProbe.connectOnce(connection("t0ken")))
        .isEqualTo(new ServerInfo(InfluxApi.V3, "3.0.1"));
    assertThat(write("m v=1.0 1", "m v=2.0 2")).isEqualTo(WriteResponse.of(204, ""));
    assertThat(dialect.written).isEqualTo("m v=1.0 1\nm v=2.0 2\n");
  }

  @Test
  void shouldReportAWrongTokenAtTheFirstQuestion() {
    assertThatThrownBy(() -> InfluxProbe.connectOnce(connection("wr0ng")))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("influx.token")
        .hasMessageNotContaining("wr0ng")
        .satisfies(
            error -> assertThat(((InfluxUnreachableException) error).worthRetrying()).isFalse());
  }

  @Test
  void shouldNotTryAWrongTokenForEver() throws Exception {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection("wr0ng"), true)) {
      WriteResponse response = endpoint.write(Encoded.lines("warm", "m v=1.0 1"));
      assertThat(response).isEqualTo(WriteResponse.of(401, "the request was not authenticated"));
      assertThat(ResponseClassifier.classify(response)).isEqualTo(WriteOutcome.FATAL);
    }
  }

  @Test
  void shouldFindTheWordsOfAPartialWriteBehindItsListOfLines() throws Exception {
    dialect.answer =
        StrictV3.json(
            400,
            "{\"error\":\"partial write of line protocol occurred\",\"data\":[{"
                + "\"error_message\":\"invalid column type for column 'v', expected"
                + " iox::column_type::field::float, got iox::column_type::field::string\","
                + "\"line_number\":2,\"original_line\":\"m v=\\\"x\\\" 2\"}]}");
    WriteResponse response = write("m v=1.0 1", "m v=\"x\" 2");
    assertThat(response)
        .isEqualTo(WriteResponse.of(400, "partial write of line protocol occurred"));
    assertThat(ResponseClassifier.classify(response)).isEqualTo(WriteOutcome.REFUSED);
  }

  @Test
  void shouldTreatItsOtherAnswersAsThoseOfTheOtherGenerations() throws Exception {
    dialect.answer = StrictV3.json(403, "{\"error\":\"the request was forbidden\"}");
    assertThat(ResponseClassifier.classify(write("m v=1.0 1"))).isEqualTo(WriteOutcome.FATAL);
    dialect.answer = StrictV3.json(413, "{\"error\":\"request too large\"}");
    assertThat(ResponseClassifier.classify(write("m v=1.0 1"))).isEqualTo(WriteOutcome.TOO_LARGE);
    dialect.answer = StrictV3.json(500, "{\"error\":\"internal\"}").setHeader("Retry-After", "3");
    assertThat(write("m v=1.0 1"))
        .isEqualTo(new WriteResponse(500, "internal", seconds(3), WriteResponse.Source.INFLUXDB));
    assertThat(ResponseClassifier.classify(write("m v=1.0 1"))).isEqualTo(WriteOutcome.RETRY);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static final List<Retention> TIERS =
      List.of(Retention.of("warm", Duration.ofDays(30)), Retention.unlimited("archive"));

  @Test
  void shouldCreateDatabasesWithTheirRetentionWhichWritingWouldNotSet() throws Exception {
    assertThat(InfluxProvisioner.provision(connection("t0ken"), TIERS)).isEmpty();
    assertThat(dialect.created)
        .containsExactly(
            "{\"db\":\"motorwatch/warm\",\"retention_period\":\"2592000s\"}",
            "{\"db\":\"motorwatch/archive\"}");
    dialect.createAnswer =
        StrictV3.json(409, "{\"error\":\"attempted to create a resource that already exists\"}");
    assertThat(InfluxProvisioner.provision(connection("t0ken"), TIERS)).isEmpty();
  }

  @Test
  void shouldWarnOfATokenThatMayNotCreateThemWithTheCommandThatDoes() throws Exception {
    dialect.createAnswer = StrictV3.json(403, "{\"error\":\"the request was forbidden\"}");
    assertThat(InfluxProvisioner.provision(connection("t0ken"), TIERS))
        .singleElement()
        .asString()
        .contains("influxdb3 create database --retention-period 2592000s motorwatch/warm");
  }

  @Test
  void shouldSayThatItIsNotReadyWhereCreatingFailsForTheMoment() {
    dialect.createAnswer = StrictV3.json(503, "{\"error\":\"catalog\"}");
    assertThatThrownBy(() -> InfluxProvisioner.provision(connection("t0ken"), TIERS))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("not ready");
  }

  private static final class StrictV3 extends Dispatcher {

    private volatile String written = "";
    private final List<String> created = new ArrayList<>();
    private volatile MockResponse createAnswer = new MockResponse();
    private volatile MockResponse answer = new MockResponse().setResponseCode(204);

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      HttpUrl url = request.getRequestUrl();
      // Both schemes are documented, and mean the same.
      if (!String.valueOf(request.getHeader("Authorization")).matches("(Token|Bearer) t0ken")) {
        return json(401, "{\"error\":\"the request was not authenticated\"}");
      }
      String route = request.getMethod() + " " + (url == null ? "" : url.encodedPath());
      return switch (route) {
        case "GET /ping" ->
            json(200, "{\"version\":\"3.0.1\",\"revision\":\"d7c071e0c4\"}")
                .setHeader("X-Influxdb-Version", "3.0.1");
        case "POST /api/v2/write" -> write(request, url);
        case "POST /api/v3/configure/database" -> {
          created.add(request.getBody().readUtf8());
          yield createAnswer.clone();
        }
        default -> json(404, "{\"error\":\"not found: " + route + "\"}");
      };
    }

    private MockResponse write(RecordedRequest request, @Nullable HttpUrl url) {
      if (url == null
          || !"motorwatch/warm".equals(url.queryParameter("bucket"))
          || !"ms".equals(url.queryParameter("precision"))) {
        return json(400, "{\"error\":\"wrong query " + url + "\"}");
      }
      if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
        return json(400, "{\"error\":\"not compressed\"}");
      }
      Buffer plain = new Buffer();
      try (GzipSource source = new GzipSource(request.getBody())) {
        plain.writeAll(source);
      } catch (IOException e) {
        return json(400, "{\"error\":\"" + e + "\"}");
      }
      written = plain.readUtf8();
      return answer;
    }

    private static MockResponse json(int status, String body) {
      return new MockResponse()
          .setResponseCode(status)
          .setHeader("Content-Type", "application/json")
          .setBody(body);
    }
  }
}
