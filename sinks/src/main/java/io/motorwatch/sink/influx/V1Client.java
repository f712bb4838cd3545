package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Credentials;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;

/** Makes the official client of the 1.x API. */
final class V1Client {

  private V1Client() {}

  static InfluxDB open(InfluxConnection connection, HttpTransport transport) {
    Credentials user = connection.credentials();
    String url = connection.url().toString();
    return user == null
        ? InfluxDBFactory.connect(url, transport.builder())
        : InfluxDBFactory.connect(
            url, user.username(), user.password().reveal(), transport.builder());
  }
}
