package io.motorwatch.sink.influx;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the clients' exceptions hide: status, {@code Retry-After}, the server's words. Both
 * official clients run a blocking call in the caller's thread, interceptors included, so the answer
 * is that thread's last one.
 */
final class ResponseCapture implements Interceptor {

  private static final long MAX_MESSAGE_BYTES = 64 * 1024;

  private static final ThreadLocal<@Nullable WriteResponse> LAST = new ThreadLocal<>();

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException | RuntimeException e) {
      // A client may have had an answer to another request of its own meanwhile.
      LAST.remove();
      throw e;
    }
    LAST.set(read(response));
    return response;
  }

  /**
   * Runs a client's blocking call.
   *
   * @return the answer it got, or {@link WriteResponse#NO_ANSWER} with the error's words; a success
   *     only if the call itself succeeded
   */
  WriteResponse observe(Runnable call) {
    LAST.remove();
    @Nullable RuntimeException failure = null;
    try {
      call.run();
    } catch (RuntimeException e) {
      failure = e;
    }
    WriteResponse response = LAST.get();
    LAST.remove();
    if (response == null) {
      return WriteResponse.noAnswer(failure == null ? new IOException("no request") : failure);
    }
    boolean broken =
        failure != null && ResponseClassifier.classify(response) == WriteOutcome.SUCCESS;
    return broken ? WriteResponse.unreadable(response.status(), failure) : response;
  }

  /** The answer; leaves its body to be read by others. */
  static WriteResponse read(Response response) {
    if (response.isSuccessful()) {
      return WriteResponse.of(response.code(), "");
    }
    String words = response.header("X-Influxdb-Error", "");
    ErrorBody body = ErrorBody.parse(body(response));
    boolean ofInfluxDb =
        !words.isEmpty() || response.header("X-Influxdb-Version") != null || body.ofInfluxDb();
    if (words.isEmpty()) {
      words = body.message().isEmpty() ? response.message() : body.message();
    }
    return new WriteResponse(
        response.code(),
        words,
        retryAfter(response),
        ofInfluxDb ? WriteResponse.Source.INFLUXDB : WriteResponse.Source.OTHER);
  }

  private static String body(Response response) {
    try {
      return response.peekBody(MAX_MESSAGE_BYTES).string();
    } catch (IOException e) {
      // The status and the headers alone decide then; half an error text would be no better.
      return "";
    }
  }

  private static @Nullable Duration retryAfter(Response response) {
    String header = response.header("Retry-After");
    return header == null ? null : parseRetryAfter(header.trim(), Instant.now());
  }

  /** Seconds, or an HTTP date; null where it is neither, or past. */
  static @Nullable Duration parseRetryAfter(String header, Instant now) {
    try {
      Duration wait =
          header.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Duration.ofSeconds(Long.parseLong(header))
              : Duration.between(
                  now, ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME));
      return wait.isNegative() ? null : wait;
    } catch (NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }
}
