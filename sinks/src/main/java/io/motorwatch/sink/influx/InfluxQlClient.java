package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Credentials;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Asks InfluxQL, which every generation answers at {@code /query}, and hands on the answers as the
 * server sends them: CSV in chunks, so that neither side holds a long one in memory. Certificates,
 * user and token are the sink's; secrets go in a header, never in the URL. Safe for any thread.
 */
public final class InfluxQlClient implements AutoCloseable {

  /** Rows of a chunk; 1.x answers fastest with about so many. */
  private static final String CHUNK = "10000";

  private static final byte[] ERROR = "error\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_ERROR = 4_096;

  private final InfluxConnection connection;
  private final HttpTransport transport;
  private final OkHttpClient http;

  private InfluxQlClient(InfluxConnection connection, HttpTransport transport) {
    this.connection = connection;
    this.transport = transport;
    this.http = transport.builder().build();
  }

  /**
   * A client of a server that has been asked who it is, and lets us in.
   *
   * @throws InfluxUnreachableException if it cannot be used; says why
   */
  public static InfluxQlClient open(InfluxConnection connection) throws IOException {
    return again(connection.withApi(InfluxProbe.connectOnce(connection).api()));
  }

  /**
   * Another client of a server whose generation is known; asks nothing.
   *
   * @param connection as of {@link #connection()}
   */
  public static InfluxQlClient again(InfluxConnection connection) throws IOException {
    return new InfluxQlClient(connection, new HttpTransport(connection));
  }

  /** The connection with the server's generation in place of {@link InfluxApi#AUTO}. */
  public InfluxConnection connection() {
    return connection;
  }

  /** A measurement of a tier, behind {@code FROM}. */
  public String from(String tier, String measurement) {
    return connection.api() == InfluxApi.V3
        ? identifier(measurement)
        : identifier(tier) + '.' + identifier(measurement);
  }

  /** A name in InfluxQL. */
  public static String identifier(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A text in InfluxQL. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /**
   * Asks one statement.
   *
   * @param tier of the measurement in it
   * @return CSV with a header, nothing at all for no result; times are epoch milliseconds. To be
   *     closed. An error in the middle is a row {@code error} and one with its words
   * @throws InfluxUnreachableException if the server does not answer or refuses; says why
   */
  public InputStream ask(String tier, String statement) throws IOException {
    Response response;
    try {
      response = http.newCall(request(tier, statement)).execute();
    } catch (IOException e) {
      throw new InfluxUnreachableException(
          "cannot reach InfluxDB at "
              + connection.address()
              + ", "
              + ConnectFault.of(connection, e),
          true,
          e);
    }
    if (!response.isSuccessful()) {
      try (response) {
        throw refused(ResponseCapture.read(response));
      }
    }
    ResponseBody body = response.body();
    BufferedInputStream in = new BufferedInputStream(body.byteStream(), 1 << 16);
    in.mark(LONGEST_ERROR + ERROR.length);
    if (Arrays.equals(in.readNBytes(ERROR.length), ERROR)) {
      try (in) {
        String words = new String(in.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
        throw new InfluxUnreachableException(
            "InfluxDB at %s refuses the query: %s"
                .formatted(connection.address(), words.strip().replaceAll("^\"|\"$", "")),
            false);
      }
    }
    in.reset();
    return in;
  }

  private Request request(String tier, String statement) throws IOException {
    HttpUrl base = HttpUrl.get(connection.url());
    if (base == null) {
      throw new IOException("not an HTTP address: " + connection.address());
    }
    String database =
        connection.api() == InfluxApi.V3 ? connection.bucket(tier) : connection.database();
    HttpUrl url =
        base.newBuilder()
            .addPathSegment("query")
            .addQueryParameter("db", database)
            .addQueryParameter("epoch", "ms")
            .addQueryParameter("chunked", "true")
            .addQueryParameter("chunk_size", CHUNK)
            .addQueryParameter("q", statement)
            .build();
    Request.Builder request = new Request.Builder().url(url).header("Accept", "application/csv");
    Credentials user = connection.credentials();
    if (connection.token() != null && connection.api() != InfluxApi.V1) {
      request.header("Authorization", "Token " + connection.token().reveal());
    } else if (user != null) {
      request.header(
          "Authorization",
          okhttp3.Credentials.basic(
              user.username(), user.password().reveal(), StandardCharsets.UTF_8));
    }
    return request.build();
  }

  private InfluxUnreachableException refused(WriteResponse response) {
    boolean login = response.status() == 401 || response.status() == 403;
    String advice;
    if (!login) {
      advice = "check influx.url and influx.api";
    } else if (connection.api() != InfluxApi.V1 && connection.token() == null) {
      advice = "InfluxDB 2 and later answer InfluxQL to a token alone: set influx.token";
    } else if (connection.api() != InfluxApi.V1) {
      advice = "check that influx.token may read the bucket";
    } else {
      advice =
          "check influx.username and influx.password, and that this user may read the database";
    }
    return new InfluxUnreachableException(
        "InfluxDB at %s refuses the query (%s): %s"
            .formatted(connection.address(), response, advice),
        false);
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    transport.close();
  }
}
