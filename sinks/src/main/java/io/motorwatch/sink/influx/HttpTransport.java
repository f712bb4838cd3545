package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.PemTls;
import java.io.IOException;
import java.time.Duration;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * How we speak HTTP: bounded in time, by the configured certificates, every answer tapped. The
 * clients build their own {@link OkHttpClient} from ours, so the parts that have to be closed are
 * kept here.
 */
final class HttpTransport implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);

  private final Dispatcher dispatcher = new Dispatcher();
  private final ConnectionPool connections = new ConnectionPool();
  private final ResponseCapture tap = new ResponseCapture();
  private final OkHttpClient.Builder builder;

  /**
   * @throws IOException if a certificate file cannot be read
   */
  HttpTransport(InfluxConnection connection) throws IOException {
    builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(connections)
            .socketFactory(new NoDelaySocketFactory())
            .connectTimeout(CONNECT_LIMIT)
            .readTimeout(TRANSFER_LIMIT)
            .writeTimeout(TRANSFER_LIMIT)
            // A redirect turns a POST into a GET and would lose the points: it is reported.
            .followRedirects(false)
            .followSslRedirects(false)
            .addInterceptor(tap);
    if (connection.url().getScheme().equals("https")) {
      PemTls tls = PemTls.load(connection.tls());
      builder.sslSocketFactory(tls.context().getSocketFactory(), tls.trustManager());
      if (!connection.tls().verifyHostname()) {
        builder.hostnameVerifier((host, session) -> true);
      }
    }
  }

  /** For one client; give each its own transport. */
  OkHttpClient.Builder builder() {
    return builder;
  }

  /** Runs a blocking call of a client built from {@link #builder()}. */
  WriteResponse observe(Runnable call) {
    return tap.observe(call);
  }

  /** Breaks off what is under way and gives the threads and sockets back. */
  @Override
  public void close() {
    dispatcher.cancelAll();
    dispatcher.executorService().shutdown();
    connections.evictAll();
  }
}
