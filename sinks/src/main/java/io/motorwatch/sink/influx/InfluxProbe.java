package io.motorwatch.sink.influx;

import java.io.IOException;
import org.influxdb.InfluxDB;
import org.influxdb.dto.Query;

/** Tries a connection before a job depends on it. */
public final class InfluxProbe {

  private InfluxProbe() {}

  /**
   * Asks the server once who it is, and whether it lets us in. Blocks for a few seconds at most
   * where nothing answers.
   *
   * @return what answers there
   * @throws InfluxUnreachableException if it cannot be used; says why
   */
  public static ServerInfo connectOnce(InfluxConnection connection)
      throws InfluxUnreachableException {
    try {
      ServerInfo found = ApiVersionProbe.ask(connection);
      InfluxApi api = connection.api() == InfluxApi.AUTO ? found.api() : connection.api();
      logIn(connection.withApi(api));
      return new ServerInfo(api, found.version());
    } catch (InfluxUnreachableException e) {
      throw e;
    } catch (ProbeRefusedException e) {
      require(connection, e.response());
      throw unreachable(connection, e);
    } catch (IOException e) {
      throw unreachable(connection, e);
    }
  }

  private static void logIn(InfluxConnection connection) throws IOException {
    switch (connection.api()) {
      case V1 -> logInV1(connection);
      case V2 -> {
        try (V2ProvisioningClient server = V2ProvisioningClient.open(connection)) {
          server.organization();
        }
      }
      // InfluxDB 3 asked for the token at the first question already.
      case AUTO, V3 -> {}
    }
  }

  private static void logInV1(InfluxConnection connection) throws IOException {
    try (HttpTransport transport = new HttpTransport(connection);
        InfluxDB client = V1Client.open(connection, transport)) {
      require(connection, transport.observe(() -> client.query(new Query("SHOW DATABASES"))));
    }
  }

  /** Turns an answer that is not a success into its exception. */
  static void require(InfluxConnection connection, WriteResponse response)
      throws InfluxUnreachableException {
    switch (ResponseClassifier.classify(response)) {
      case SUCCESS -> {}
      case RETRY ->
          throw new InfluxUnreachableException(
              "InfluxDB at %s is not ready (%s)".formatted(connection.address(), response), true);
      default -> throw refused(connection, response);
    }
  }

  private static InfluxUnreachableException refused(
      InfluxConnection connection, WriteResponse response) {
    return new InfluxUnreachableException(
        "InfluxDB at %s refuses us (%s): %s"
            .formatted(connection.address(), response, ResponseClassifier.advice(response)),
        false);
  }

  private static InfluxUnreachableException unreachable(
      InfluxConnection connection, IOException error) {
    return new InfluxUnreachableException(
        "cannot reach InfluxDB at "
            + connection.address()
            + ", "
            + ConnectFault.of(connection, error),
        true,
        error);
  }
}
