package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** Stands before a real server and spoils write requests by a script, once each, in its order. */
final class FaultyProxy implements AutoCloseable {

  /** What to do to one write request. */
  enum Fault {
    NONE,
    UNAVAILABLE,
    TOO_MANY,
    INTERNAL,
    TOO_LARGE,
    /** Refused as if a line were malformed, though none is. */
    BAD_REQUEST,
    /** Refused as 2.x refuses a point. */
    UNPROCESSABLE,
    /** Closed before any answer, nothing stored. */
    RESET,
    /** Stored, but the answer is lost. */
    ANSWER_LOST,
    /** Stored, and the answer ends in its midst. */
    ANSWER_HALVED,
    /** Stored, and answered late. */
    SLOW
  }

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient client = new OkHttpClient();
  private final HttpUrl target;
  private final Deque<Fault> script;

  FaultyProxy(String targetUrl, List<Fault> script) throws IOException {
    this.target = HttpUrl.get(targetUrl);
    this.script = new ArrayDeque<>(script);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  synchronized int faultsLeft() {
    return script.size();
  }

  private synchronized Fault nextFault() {
    return script.isEmpty() ? Fault.NONE : script.removeFirst();
  }

  private MockResponse answer(RecordedRequest request) {
    HttpUrl url = request.getRequestUrl();
    Fault fault = url != null && url.encodedPath().endsWith("/write") ? nextFault() : Fault.NONE;
    return switch (fault) {
      case NONE -> forward(request);
      case UNAVAILABLE -> status(503);
      case TOO_MANY -> status(429).setHeader("Retry-After", "1");
      case INTERNAL -> status(500).setBody("{\"error\":\"timeout\"}");
      case TOO_LARGE -> status(413);
      case BAD_REQUEST -> status(400).setBody("{\"error\":\"unable to parse 'x'\"}");
      case UNPROCESSABLE ->
          status(422).setBody("{\"code\":\"unprocessable entity\",\"message\":\"x\"}");
      case RESET -> status(204).setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
      case ANSWER_LOST -> forward(request).setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
      case ANSWER_HALVED ->
          forward(request)
              .setResponseCode(200)
              .setBody("x".repeat(10_000))
              .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
      case SLOW -> forward(request).setHeadersDelay(700, TimeUnit.MILLISECONDS);
    };
  }

  private static MockResponse status(int status) {
    return new MockResponse().setResponseCode(status);
  }

  private MockResponse forward(RecordedRequest request) {
    HttpUrl asked = request.getRequestUrl();
    if (asked == null) {
      return status(400);
    }
    HttpUrl url = asked.newBuilder().host(target.host()).port(target.port()).build();
    Headers headers = request.getHeaders().newBuilder().removeAll("Host").build();
    RequestBody body =
        "POST".equals(request.getMethod())
            ? RequestBody.create(request.getBody().readByteString(), null)
            : null;
    Request forwarded =
        new Request.Builder()
            .url(url)
            .headers(headers)
            .method(String.valueOf(request.getMethod()), body)
            .build();
    try (Response response = client.newCall(forwarded).execute()) {
      ResponseBody answer = response.body();
      Buffer bytes = new Buffer();
      if (answer != null) {
        bytes.writeAll(answer.source());
      }
      Headers kept =
          response
              .headers()
              .newBuilder()
              .removeAll("Transfer-Encoding")
              .removeAll("Content-Length")
              .build();
      return new MockResponse().setHeaders(kept).setResponseCode(response.code()).setBody(bytes);
    } catch (IOException e) {
      return status(502);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
