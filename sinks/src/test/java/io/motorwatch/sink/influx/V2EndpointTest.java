package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.connection.Secret;
import io.motorwatch.sink.influx.FakeInfluxDb2.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing by the 2.x protocol, each answer as a real server gives it. */
class V2EndpointTest {

  /** What each answer to a write means for its points. */
  private static final Map<String, WriteOutcome> OUTCOMES =
      Map.ofEntries(
          Map.entry("written", WriteOutcome.SUCCESS),
          Map.entry("written-nothing", WriteOutcome.SUCCESS),
          Map.entry("written-gzip", WriteOutcome.SUCCESS),
          Map.entry("limited-written", WriteOutcome.SUCCESS),
          Map.entry("write-type-conflict", WriteOutcome.REFUSED),
          Map.entry("write-beyond-retention", WriteOutcome.BEYOND_RETENTION),
          Map.entry("write-unparsable", WriteOutcome.REFUSED),
          Map.entry("write-tag-without-value", WriteOutcome.REFUSED),
          Map.entry("write-no-gzip", WriteOutcome.RETRY),
          Map.entry("write-bucket-missing", WriteOutcome.FATAL),
          Map.entry("write-bucket-deleted", WriteOutcome.FATAL),
          Map.entry("write-organization-missing", WriteOutcome.FATAL),
          Map.entry("write-wrong-token", WriteOutcome.FATAL),
          Map.entry("limited-write-refused", WriteOutcome.FATAL));

  private final MockWebServer server = new MockWebServer();
  private final FakeInfluxDb2 database = new FakeInfluxDb2();

  @BeforeEach
  void start() throws IOException {
    database.buckets.put("motorwatch/hot", 86_400L);
    server.setDispatcher(database);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private InfluxConnection connection() {
    return InfluxConnection.of(server.url("/").toString().replaceAll("/$", ""), "motorwatch")
        .withToken("motorwatch", Secret.of(FakeInfluxDb2.TOKEN));
  }

  private static WriteResponse write(InfluxConnection connection, String... lines)
      throws IOException {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection, true)) {
      return endpoint.write(Encoded.lines("hot", lines));
    }
  }

  @Test
  void shouldDetectTheGenerationAndWriteByTheBook() throws Exception {
    assertThat(write(connection(), "m v=1.0 1", "m v=2.0 2")).isEqualTo(WriteResponse.of(204, ""));
    assertThat(database.bodiesOf(Step.WRITE)).containsExactly("m v=1.0 1\nm v=2.0 2\n");
    HttpUrl url = database.urls.get(database.asked.indexOf(Step.WRITE));
    assertThat(url.queryParameter("org")).isEqualTo("motorwatch");
    assertThat(url.queryParameter("bucket")).isEqualTo("motorwatch/hot");
    assertThat(url.queryParameter("precision")).isEqualTo("ms");
  }

  @Test
  void shouldWriteToTheOnlyOrganisationWhereNoneIsNamed() throws Exception {
    assertThat(write(connection().withToken(null, Secret.of(FakeInfluxDb2.TOKEN)), "m v=1.0 1"))
        .isEqualTo(WriteResponse.of(204, ""));
  }

  static List<V2Answer> answersToWrites() {
    return V2Answer.writes();
  }

  @ParameterizedTest
  @MethodSource("answersToWrites")
  void shouldKnowWhatEachAnswerToAWriteMeans(V2Answer answer) throws Exception {
    database.instead.put(Step.WRITE, answer.mock());
    WriteResponse response = write(connection(), "m v=1.0 1");
    assertThat(response.status()).isEqualTo(answer.status());
    assertThat(response.source()).isEqualTo(WriteResponse.Source.INFLUXDB);
    assertThat(answer.body()).contains(response.message().replace("\"", "\\\""));
    assertThat(ResponseClassifier.classify(response)).isEqualTo(OUTCOMES.get(answer.name()));
  }

  @Test
  void shouldSayWhichSettingToCheckForEachFatalAnswer() throws Exception {
    for (Map.Entry<String, String> advice :
        Map.of(
                "write-bucket-missing", "influx.provision",
                "write-organization-missing", "influx.org",
                "write-wrong-token", "influx.token",
                "limited-write-refused", "permissions")
            .entrySet()) {
      database.instead.put(Step.WRITE, V2Answer.named(advice.getKey()).mock());
      assertThat(ResponseClassifier.advice(write(connection(), "m v=1.0 1")))
          .as(advice.getKey())
          .contains(advice.getValue());
    }
  }

  @Test
  void shouldPassOnStatusWordsAndRetryAfter() throws Exception {
    database.instead.put(
        Step.WRITE,
        new MockResponse()
            .setResponseCode(429)
            .setHeader("Retry-After", "12")
            .setBody("{\"code\":\"too many requests\",\"message\":\"slow down\"}"));
    assertThat(write(connection(), "m v=1.0 1"))
        .isEqualTo(
            new WriteResponse(
                429, "slow down", Duration.ofSeconds(12), WriteResponse.Source.INFLUXDB));
  }

  @Test
  void shouldReportAWrongTokenOnce() {
    InfluxConnection wrong = connection().withToken("motorwatch", Secret.of("wrong"));
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
  void shouldNotAskThatRedirectsBeFollowed() throws Exception {
    database.instead.put(
        Step.WRITE, new MockResponse().setResponseCode(302).setHeader("Location", "/elsewhere"));
    assertThat(ResponseClassifier.classify(write(connection(), "m v=1.0 1")))
        .isEqualTo(WriteOutcome.FATAL);
  }
}
