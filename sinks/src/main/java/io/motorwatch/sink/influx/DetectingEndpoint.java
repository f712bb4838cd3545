package io.motorwatch.sink.influx;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the server's generation at the first write rather than at start: a job that restarts
 * while the database is away must come up, and wait.
 */
final class DetectingEndpoint implements InfluxEndpoint {

  private final InfluxConnection connection;
  private final boolean gzip;
  private @Nullable InfluxEndpoint found;
  private boolean closed;

  private DetectingEndpoint(InfluxConnection connection, boolean gzip) {
    this.connection = connection;
    this.gzip = gzip;
  }

  /**
   * The endpoint of a connection, whatever its {@link InfluxConnection#api()}. Compresses for a
   * network, which costs about as much time as a local server needs to store the points.
   */
  static InfluxEndpoint open(InfluxConnection connection) throws IOException {
    return open(connection, !connection.loopback());
  }

  static InfluxEndpoint open(InfluxConnection connection, boolean gzip) throws IOException {
    return switch (connection.api()) {
      case AUTO -> new DetectingEndpoint(connection, gzip);
      case V1 -> new V1Endpoint(connection, gzip);
      case V2, V3 -> new V2Endpoint(connection, gzip);
    };
  }

  @Override
  public WriteResponse write(Lines lines) {
    try {
      return endpoint().write(lines);
    } catch (IOException e) {
      return WriteResponse.noAnswer(e);
    }
  }

  private synchronized InfluxEndpoint endpoint() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (found == null) {
      found = open(connection.withApi(GenerationProbe.ask(connection).api()), gzip);
    }
    return found;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (found != null) {
      found.close();
    }
  }
}
