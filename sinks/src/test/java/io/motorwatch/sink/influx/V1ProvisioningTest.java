package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers 200 and yet not what a 1.x would: a proxy in between, say. */
class V1ProvisioningTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void answerQueriesWith(String body) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getPath().startsWith("/ping")
                ? new MockResponse().setResponseCode(204).setHeader("X-Influxdb-Version", "1.8.10")
                : new MockResponse().setBody(body);
          }
        });
  }

  @ParameterizedTest(name = "answer <{0}>")
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "<html>Welcome</html>",
        "{\"results\":null}",
        "{\"results\":[null]}",
        "{\"results\":[{\"series\":[null]}]}",
        "{\"results\":[{\"series\":[{\"values\":[[\"m\"]]}]}]}",
        "{\"results\":[{\"series\":[{\"columns\":[],\"values\":[[\"m\"]]}]}]}",
        "{\"results\":[{\"series\":[{\"columns\":[\"name\"],\"values\":[null]}]}]}",
      })
  void shouldSayInOneLineThatAnAnswerCannotBeRead(String body) {
    answerQueriesWith(body);
    InfluxConnection connection =
        InfluxConnection.of("http://" + server.getHostName() + ":" + server.getPort(), "m");
    assertThatThrownBy(
            () -> InfluxProvisioner.provision(connection, List.of(Retention.unlimited("hot"))))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining(connection.address())
        .message()
        .doesNotContain("\n")
        .contains("cannot be read");
  }
}
