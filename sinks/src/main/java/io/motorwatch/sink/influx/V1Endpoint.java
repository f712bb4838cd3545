package io.motorwatch.sink.influx;

import java.io.IOException;
import org.influxdb.InfluxDB;

/** InfluxDB 1.x: {@code /write?db=…&rp=…}. */
final class V1Endpoint implements InfluxEndpoint {

  private final HttpTransport transport;
  private final InfluxDB client;
  private final String database;

  V1Endpoint(InfluxConnection connection, boolean gzip) throws IOException {
    transport = new HttpTransport(connection);
    client = V1Client.open(connection, transport);
    if (gzip) {
      client.enableGzip();
    }
    database = connection.database();
  }

  @Override
  public WriteResponse write(Lines lines) {
    Route route = lines.route();
    return transport.observe(
        () ->
            client.write(
                database,
                route.tier(),
                InfluxDB.ConsistencyLevel.ONE,
                route.precision().unit(),
                lines.text()));
  }

  @Override
  public void close() {
    transport.close();
    client.close();
  }
}
