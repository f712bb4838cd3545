package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 2.x by user and password, against a server that knows its sessions. */
class V2SessionTest {

  private final MockWebServer server = new MockWebServer();
  private final Sessions sessions = new Sessions();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(sessions);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private InfluxEndpoint endpoint() throws IOException {
    InfluxConnection connection =
        InfluxConnection.of(server.url("/influx").toString(), "motorwatch")
            .withApi(InfluxApi.V2)
            .withOrg("motorwatch")
            .withCredentials(new Credentials("operator", Secret.of("p4ssword")));
    return DetectingEndpoint.open(connection, true);
  }

  private static WriteResponse write(InfluxEndpoint endpoint) {
    return endpoint.write(Encoded.lines("hot", "m v=1.0 1"));
  }

  @Test
  void shouldSignInOnceForManyWrites() throws Exception {
    try (InfluxEndpoint endpoint = endpoint()) {
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(204, ""));
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(204, ""));
    }
    assertThat(sessions.seen)
        .containsExactly("/influx/api/v2/signin", "/influx/api/v2/write", "/influx/api/v2/write");
  }

  @Test
  void shouldNotTakeTheAnswerToTheSignInForThatToAWriteThatWasCut() throws Exception {
    // Twice: on the connection of the sign-in the HTTP client itself tries again.
    for (int i = 0; i < 2; i++) {
      sessions.writeAnswers.add(
          new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    }
    try (InfluxEndpoint endpoint = endpoint()) {
      WriteResponse cut = write(endpoint);
      assertThat(cut.status()).isEqualTo(WriteResponse.NO_ANSWER);
      assertThat(ResponseClassifier.classify(cut)).isEqualTo(WriteOutcome.RETRY);
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(204, ""));
    }
  }

  @Test
  void shouldSignInAnewWhenTheServerHasForgottenTheSession() throws Exception {
    try (InfluxEndpoint endpoint = endpoint()) {
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(204, ""));
      sessions.cookie = "session=second";
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(204, ""));
    }
  }

  @Test
  void shouldReportAWrongPassword() throws Exception {
    sessions.signInAnswer = V2Answer.named("write-wrong-token").mock();
    try (InfluxEndpoint endpoint = endpoint()) {
      assertThat(write(endpoint)).isEqualTo(WriteResponse.of(401, "unauthorized access"));
    }
    assertThat(sessions.seen).containsExactly("/influx/api/v2/signin");
  }

  @Test
  void shouldTryAgainWhereSigningInFailsForTheMoment() throws Exception {
    for (int status : new int[] {400, 413, 422, 503}) {
      sessions.signInAnswer = error(status, "not now");
      try (InfluxEndpoint endpoint = endpoint()) {
        WriteResponse response = write(endpoint);
        assertThat(ResponseClassifier.classify(response)).isEqualTo(WriteOutcome.RETRY);
        assertThat(response.message()).contains("not now");
      }
    }
  }

  private static MockResponse error(int status, String message) {
    return new MockResponse()
        .setResponseCode(status)
        .setBody("{\"code\":\"x\",\"message\":\"" + message + "\"}");
  }

  private static final class Sessions extends Dispatcher {

    private final List<String> seen = new ArrayList<>();
    private final Deque<MockResponse> writeAnswers = new ArrayDeque<>();
    private String cookie = "session=first";
    private MockResponse signInAnswer = new MockResponse().setResponseCode(204);

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
      String path = String.valueOf(request.getPath()).split("\\?", 2)[0];
      seen.add(path);
      return switch (path) {
        case "/influx/api/v2/signin" -> signIn(request);
        case "/influx/api/v2/write" -> write(request);
        default -> error(404, "path not found: " + path);
      };
    }

    private MockResponse signIn(RecordedRequest request) {
      // operator:p4ssword
      if (!"Basic b3BlcmF0b3I6cDRzc3dvcmQ=".equals(request.getHeader("Authorization"))) {
        return error(401, "wrong password");
      }
      return signInAnswer.clone().setHeader("Set-Cookie", cookie + "; Path=/api; HttpOnly");
    }

    private MockResponse write(RecordedRequest request) {
      if (!cookie.equals(request.getHeader("Cookie"))) {
        return V2Answer.named("write-wrong-token").mock();
      }
      MockResponse answer = writeAnswers.poll();
      return answer == null ? V2Answer.named("written").mock() : answer;
    }
  }
}
