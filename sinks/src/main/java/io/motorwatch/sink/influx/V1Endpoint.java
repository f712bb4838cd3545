package io.motorwatch.sink.influx;

import java.io.IOException;
import org.influxdb.InfluxDB;

/** InfluxDB 1.x: {@code /write?db=…&rp=…}. */
final class V1Endpoint implements InfluxEndpoint {

  private final HttpTransport transport;
  private final InfluxDB client;
  private final String database;

  private V1Endpoint(HttpTransport transport, InfluxDB client, String database) {
    this.transport = transport;
    this.client = client;
    this.database = database;
  }

  /**
   * Blocks while the server's name is looked up.
   *
   * @throws IOException if the name does not resolve, or a TLS file cannot be read
   */
  static V1Endpoint open(InfluxConnection connection, boolean gzip) throws IOException {
    HttpTransport transport = new HttpTransport(connection);
    InfluxDB client = V1Client.open(connection, transport);
    if (gzip) {
      client.enableGzip();
    }
    return new V1Endpoint(transport, client, connection.database());
  }

  @Override
  public WriteResponse write(LineBatch lines) {
    Destination destination = lines.destination();
    return transport.observe(
        () ->
            client.write(
                database,
                destination.tier(),
                InfluxDB.ConsistencyLevel.ONE,
                destination.precision().unit(),
                lines.text()));
  }

  @Override
  public void close() {
    transport.close();
    client.close();
  }
}
