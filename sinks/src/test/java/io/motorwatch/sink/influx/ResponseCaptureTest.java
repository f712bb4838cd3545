package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of answers on the wire, whoever gives them. */
class ResponseCaptureTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private WriteResponse answered(MockResponse answer) throws IOException {
    server.enqueue(answer);
    OkHttpClient client = new OkHttpClient();
    Request request = new Request.Builder().url(server.url("/write")).build();
    return ResponseCapture.read(client.newCall(request).execute());
  }

  private static MockResponse badRequest(String body) {
    return new MockResponse().setResponseCode(400).setBody(body);
  }

  @Test
  void shouldKnowTheAnswersOfEveryGeneration() throws Exception {
    String words = "unable to parse 'm v=': missing field value";
    assertThat(answered(badRequest("").setHeader("X-Influxdb-Error", words)))
        .isEqualTo(WriteResponse.of(400, words));
    assertThat(answered(badRequest(words).setHeader("X-Influxdb-Version", "1.8.10")))
        .isEqualTo(WriteResponse.of(400, words));
    assertThat(answered(badRequest("{\"error\":\"" + words + "\"}")))
        .isEqualTo(WriteResponse.of(400, words));
    assertThat(answered(badRequest("{\"code\":\"invalid\",\"message\":\"" + words + "\"}")))
        .isEqualTo(WriteResponse.of(400, words));
  }

  @Test
  void shouldKnowTheLongListOfLinesThatInfluxDb3Sends() throws Exception {
    String line = "{\"original_line\":\"" + "x".repeat(1_000) + "\",\"line_number\":1}";
    String lines = (line + ",").repeat(99) + line;
    assertThat(answered(badRequest("{\"error\":\"partial write\",\"data\":[" + lines + "]}")))
        .isEqualTo(WriteResponse.of(400, "partial write"));
  }

  @Test
  void shouldNotTakeTheWordsOfOthersForThoseOfInfluxDb() throws Exception {
    for (String body :
        new String[] {
          "Client sent an HTTP request to an HTTPS server.\n",
          "<html><body><h1>400 Bad Request</h1></body></html>",
          "{\"message\":\"Bad Request\"}",
          "[\"error\"]",
          ""
        }) {
      WriteResponse response = answered(badRequest(body));
      assertThat(response.source()).as(body).isEqualTo(WriteResponse.Source.OTHER);
      assertThat(ResponseClassifier.classify(response)).as(body).isEqualTo(WriteOutcome.RETRY);
    }
    assertThat(answered(badRequest("Client sent an HTTP request to an HTTPS server.")).toString())
        .isEqualTo(
            "HTTP 400, which does not look like InfluxDB's own answer: Client sent an HTTP request"
                + " to an HTTPS server.");
  }
}
