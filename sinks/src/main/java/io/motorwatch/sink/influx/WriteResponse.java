package io.motorwatch.sink.influx;

import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param status the HTTP status, or {@link #NO_ANSWER}
 * @param message the server's words, or the I/O error's; for a person and for the classifier
 * @param retryAfter how long the server asked us to wait, or null
 * @param source whose words these are
 */
record WriteResponse(
    int status, String message, @Nullable Duration retryAfter, WriteResponse.Source source) {

  /** Who speaks: not everything that answers at InfluxDB's address is InfluxDB. */
  enum Source {
    /** The answer bears InfluxDB's mark. */
    INFLUXDB,
    /** A proxy, a firewall, another server: its answer says nothing of our points. */
    OTHER,
    /** No answer: our own side of the network. */
    NETWORK,
    /** No answer either, since one side does not accept the other's certificate. */
    TLS
  }

  /** In place of a status: refused, reset, timed out, unknown host. */
  static final int NO_ANSWER = 0;

  /** An answer of InfluxDB's own. */
  static WriteResponse of(int status, String message) {
    return new WriteResponse(status, message, null, Source.INFLUXDB);
  }

  /**
   * Described by the first of its causes: the clients wrap what happened, mostly in less precise
   * words.
   */
  static WriteResponse noAnswer(Throwable error) {
    Throwable root = error;
    boolean tls = root instanceof SSLException;
    while (root.getCause() != null) {
      root = root.getCause();
      tls |= root instanceof SSLException;
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    if (root instanceof UnknownHostException) {
      message = "unknown host " + message;
    }
    return new WriteResponse(NO_ANSWER, message, null, tls ? Source.TLS : Source.NETWORK);
  }

  /** A success whose body broke off, or was not what the client understands. */
  static WriteResponse unreadable(int status, Throwable error) {
    String why = noAnswer(error).message();
    return new WriteResponse(
        NO_ANSWER,
        "HTTP " + status + " with a body that cannot be read: " + why,
        null,
        Source.NETWORK);
  }

  @Override
  public String toString() {
    return switch (source) {
      case INFLUXDB -> "HTTP " + status + ": " + message;
      case OTHER ->
          "HTTP " + status + ", which does not look like InfluxDB's own answer: " + message;
      case NETWORK -> "no answer: " + message;
      case TLS -> "no answer, TLS fails: " + message;
    };
  }
}
