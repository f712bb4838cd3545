package io.motorwatch.sink.influx;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the endpoint of a connection at the first write rather than at start, asking for the
 * server's generation where it is not given: a job that restarts while the database is away must
 * come up, and wait.
 */
final class DetectingEndpoint implements InfluxEndpoint {

  private final InfluxConnection connection;
  private final boolean gzip;

  /** Held by the one thread that opens; {@link #close} must not wait for it. */
  private final Object opening = new Object();

  private volatile @Nullable InfluxEndpoint found;
  private volatile @Nullable HttpTransport asking;
  private volatile boolean closed;

  private DetectingEndpoint(InfluxConnection connection, boolean gzip) {
    this.connection = connection;
    this.gzip = gzip;
  }

  /**
   * The endpoint of a connection, whatever its {@link InfluxConnection#api()}. Compresses for a
   * network, which costs about as much time as a local server needs to store the points.
   *
   * @throws IOException if a TLS file cannot be read; nothing else is tried yet
   */
  static InfluxEndpoint open(InfluxConnection connection) throws IOException {
    return open(connection, !connection.loopback());
  }

  static InfluxEndpoint open(InfluxConnection connection, boolean gzip) throws IOException {
    // Once now: a wrong path is better reported at start than tried again indefinitely.
    new HttpTransport(connection).close();
    return new DetectingEndpoint(connection, gzip);
  }

  @Override
  public WriteResponse write(LineBatch lines) {
    InfluxEndpoint endpoint;
    try {
      endpoint = endpoint();
    } catch (ProbeRefusedException e) {
      return e.response();
    } catch (IOException e) {
      return WriteResponse.noAnswer(e);
    }
    WriteResponse response = endpoint.write(lines);
    if (response.source() == WriteResponse.Source.TLS) {
      reopen(endpoint);
    }
    return response;
  }

  /** The next write reads the TLS files again: certificates are renewed while jobs run. */
  private void reopen(InfluxEndpoint failed) {
    synchronized (opening) {
      if (found != failed) {
        return; // Another thread has done it.
      }
      found = null;
    }
    failed.close();
  }

  private InfluxEndpoint endpoint() throws IOException {
    @Nullable InfluxEndpoint known = found;
    if (known != null) {
      return known;
    }
    synchronized (opening) {
      known = found;
      if (known == null) {
        requireOpen();
        known = openAs(api());
        found = known;
        if (closed) {
          known.close();
        }
      }
      return known;
    }
  }

  /** A question to the server that the opening of an endpoint depends on. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(HttpTransport transport) throws IOException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    try (HttpTransport transport = new HttpTransport(connection)) {
      asking = transport;
      requireOpen();
      return question.ask(transport);
    } finally {
      asking = null;
    }
  }

  private InfluxApi api() throws IOException {
    return connection.api() == InfluxApi.AUTO
        ? ask(transport -> ApiVersionProbe.ask(connection, transport).api())
        : connection.api();
  }

  private InfluxEndpoint openAs(InfluxApi api) throws IOException {
    return switch (api) {
      case V1 -> V1Endpoint.open(connection, gzip);
      case V2 ->
          new V2Endpoint(
              connection.org() == null
                  ? ask(transport -> V2ProvisioningClient.withOrganization(connection, transport))
                  : connection,
              gzip);
      case AUTO, V3 -> new V2Endpoint(connection, gzip);
    };
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
  }

  /** Does not wait: for no answer, and for no thread that asks for one. */
  @Override
  public void close() {
    closed = true;
    @Nullable HttpTransport asked = asking;
    if (asked != null) {
      asked.close();
    }
    @Nullable InfluxEndpoint known = found;
    if (known != null) {
      known.close();
    }
  }
}
