package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.sink.influx.FakeInfluxDb2.Step;
import java.io.IOException;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionProbeTest {

  private final MockWebServer server = new MockWebServer();
  private final FakeInfluxDb2 database = new FakeInfluxDb2();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(database);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private ServerInfo ask() throws IOException {
    return ApiVersionProbe.ask(InfluxConnection.of(server.url("/").toString(), "m"));
  }

  private static MockResponse ping(String version, String build) {
    return new MockResponse()
        .setResponseCode(204)
        .setHeader("X-Influxdb-Version", version)
        .setHeader("X-Influxdb-Build", build);
  }

  @ParameterizedTest
  @CsvSource({"1.6.7, V1", "1.6.7~rc0, V1", "v1.8.10, V1", "v2.7.10, V2", "2.7.1, V2", "3.0.1, V3"})
  void shouldTellTheGenerationByTheNumberOfTheVersion(String version, InfluxApi api) {
    assertThat(ApiVersionProbe.generation(version)).contains(api);
  }

  @Test
  void shouldTellA2xByWhatItDoesWhereItsVersionIsAWord() throws Exception {
    assertThat(ask()).isEqualTo(new ServerInfo(InfluxApi.V2, "dev"));
    assertThat(database.asked).containsExactly(Step.PING, Step.READY);
  }

  @Test
  void shouldTellA2xBehindAProxyThatTakesTheHeadersAway() throws Exception {
    database.instead.put(Step.PING, new MockResponse().setResponseCode(204));
    assertThat(ask()).isEqualTo(new ServerInfo(InfluxApi.V2, "dev"));
  }

  @Test
  void shouldTellA1xOfAnUnknownVersionByWhatItDoesNot() throws Exception {
    database.instead.put(Step.PING, ping("unknown", "OSS"));
    database.instead.put(
        Step.READY, new MockResponse().setResponseCode(404).setBody("404 page not found\n"));
    assertThat(ask()).isEqualTo(new ServerInfo(InfluxApi.V1, "unknown"));
  }

  @Test
  void shouldTellA3ByTheNameOfItsBuild() throws Exception {
    database.instead.put(Step.PING, ping("local", "Core"));
    assertThat(ask()).isEqualTo(new ServerInfo(InfluxApi.V3, "local"));
  }

  @Test
  void shouldNotTakeAnythingElseForAnInfluxDb() {
    for (Step step : new Step[] {Step.PING, Step.HEALTH}) {
      database.instead.put(step, new MockResponse().setBody("<html>Welcome</html>"));
    }
    assertThatThrownBy(this::ask).hasMessageContaining("does not say it is an InfluxDB");
  }
}
