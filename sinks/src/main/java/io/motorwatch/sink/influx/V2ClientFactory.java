package io.motorwatch.sink.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import okhttp3.OkHttpClient;

/** Makes the official client of the 2.x API. */
final class V2ClientFactory {

  private V2ClientFactory() {}

  static InfluxDBClient open(InfluxConnection connection, HttpTransport transport) {
    OkHttpClient.Builder http = transport.builder();
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder().url(connection.url().toString()).okHttpClient(http);
    Secret token = connection.token();
    Credentials user = connection.credentials();
    if (token != null) {
      options.authenticateToken(token.reveal().toCharArray());
    } else if (user != null) {
      http.addInterceptor(new V2Session(user));
    }
    return InfluxDBClientFactory.create(options.build());
  }
}
