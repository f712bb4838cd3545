package io.motorwatch.sink.influx;

import com.influxdb.client.InfluxDBClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
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
      ServerInfo found = GenerationProbe.ask(connection);
      InfluxApi api = connection.api() == InfluxApi.AUTO ? found.api() : connection.api();
      logIn(connection.withApi(api));
      return new ServerInfo(api, found.version());
    } catch (InfluxUnreachableException e) {
      throw e;
    } catch (ProbeRefusedException e) {
      throw refused(connection, e.response());
    } catch (IOException e) {
      throw unreachable(connection, e);
    }
  }

  private static void logIn(InfluxConnection connection) throws IOException {
    try (HttpTransport transport = new HttpTransport(connection)) {
      WriteResponse response =
          switch (connection.api()) {
            case V1 -> logInV1(connection, transport);
            case V2 -> logInV2(connection, transport);
            // InfluxDB 3 asked for the token at the first question already.
            case AUTO, V3 -> WriteResponse.of(200, "");
          };
      require(connection, response);
    }
  }

  private static WriteResponse logInV1(InfluxConnection connection, HttpTransport transport)
      throws IOException {
    try (InfluxDB client = V1Client.open(connection, transport)) {
      return transport.observe(() -> client.query(new Query("SHOW DATABASES")));
    }
  }

  private static WriteResponse logInV2(InfluxConnection connection, HttpTransport transport) {
    try (InfluxDBClient client = V2Client.open(connection, transport)) {
      return transport.observe(() -> client.getOrganizationsApi().findOrganizations());
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
            .formatted(
                connection.address(), response, ResponseClassifier.advice(response.status())),
        false);
  }

  private static InfluxUnreachableException unreachable(
      InfluxConnection connection, IOException error) {
    String what;
    if (error instanceof UnknownHostException) {
      what = "unknown host: check the name in influx.url";
    } else if (error instanceof SocketTimeoutException) {
      what = "no answer in time: check influx.url and the firewall";
    } else if (error instanceof SSLException) {
      what =
          "TLS fails ("
              + error.getMessage()
              + "): check the certificates, or the JDK's trust store, and whether the port is TLS";
    } else if (error instanceof ConnectException) {
      what = "connection refused: check influx.url and that InfluxDB runs";
    } else {
      what = error.getMessage() + ": check influx.url";
    }
    return new InfluxUnreachableException(
        "cannot reach InfluxDB at " + connection.address() + ", " + what, true, error);
  }
}
