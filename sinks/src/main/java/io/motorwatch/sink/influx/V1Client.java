package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Credentials;
import java.io.IOException;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.InfluxDBIOException;

/** Makes the official client of the 1.x API. */
final class V1Client {

  private V1Client() {}

  /**
   * Blocks while the server's name is looked up, which this client wants done at once.
   *
   * @throws IOException if it does not resolve
   */
  static InfluxDB open(InfluxConnection connection, HttpTransport transport) throws IOException {
    Credentials user = connection.credentials();
    String url = connection.url().toString();
    try {
      return user == null
          ? InfluxDBFactory.connect(url, transport.builder())
          : InfluxDBFactory.connect(
              url, user.username(), user.password().reveal(), transport.builder());
    } catch (InfluxDBIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
