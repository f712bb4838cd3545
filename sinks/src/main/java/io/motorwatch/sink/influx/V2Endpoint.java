package io.motorwatch.sink.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** InfluxDB 2.x, and 3 by the same path: {@code /api/v2/write?org=…&bucket=…}. */
final class V2Endpoint implements InfluxEndpoint {

  /** The client insists on an organisation; InfluxDB 3, which has none, ignores it. */
  private static final String NO_ORGANISATION = "-";

  private final HttpTransport transport;
  private final InfluxConnection connection;
  private final InfluxDBClient client;
  private final WriteApiBlocking writes;

  V2Endpoint(InfluxConnection connection, boolean gzip) throws IOException {
    this.connection = connection;
    transport = new HttpTransport(connection);
    client = V2ClientFactory.open(connection, transport);
    if (gzip) {
      client.enableGzip();
    }
    writes = client.getWriteApiBlocking();
  }

  @Override
  public WriteResponse write(LineBatch lines) {
    Destination destination = lines.destination();
    @Nullable String org = connection.org();
    return transport.observe(
        () ->
            writes.writeRecord(
                connection.bucket(destination.tier()),
                org == null ? NO_ORGANISATION : org,
                precision(destination.precision()),
                lines.text()));
  }

  private static WritePrecision precision(TimePrecision precision) {
    return switch (precision) {
      case MILLISECONDS -> WritePrecision.MS;
      case NANOSECONDS -> WritePrecision.NS;
    };
  }

  @Override
  public void close() {
    transport.close();
    client.close();
  }
}
