package io.motorwatch.sink.influx;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param status the HTTP status, or {@link #NO_ANSWER}
 * @param message the server's words, or the I/O error's; for a person and for the classifier
 * @param retryAfter how long the server asked us to wait, or null
 */
record WriteResponse(int status, String message, @Nullable Duration retryAfter) {

  /** In place of a status: refused, reset, timed out, unknown host. */
  static final int NO_ANSWER = 0;

  static WriteResponse of(int status, String message) {
    return new WriteResponse(status, message, null);
  }

  static WriteResponse noAnswer(Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return new WriteResponse(NO_ANSWER, message, null);
  }

  @Override
  public String toString() {
    return status == NO_ANSWER ? "no answer: " + message : "HTTP " + status + ": " + message;
  }
}
