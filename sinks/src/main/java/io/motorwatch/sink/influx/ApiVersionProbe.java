package io.motorwatch.sink.influx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Finds out a server's generation: by the number of its version where it reports one, else by what
 * it does, since a build may call itself {@code dev} or {@code unknown}.
 */
final class ApiVersionProbe {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER = Pattern.compile("v?(\\d+)[.\\d].*");
  private static final Pattern NEWEST_BUILDS = Pattern.compile("Core|Enterprise");
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  private final OkHttpClient client;
  private final InfluxConnection connection;

  private ApiVersionProbe(OkHttpClient client, InfluxConnection connection) {
    this.client = client;
    this.connection = connection;
  }

  /**
   * Asks {@code /ping}, which every generation answers without log-in and mostly names the version
   * in a header; else {@code /health}.
   *
   * @throws ProbeRefusedException if the server wants a token, and not ours
   * @throws IOException if nothing answers there, or something that is no InfluxDB
   */
  static ServerInfo ask(InfluxConnection connection) throws IOException {
    try (HttpTransport transport = new HttpTransport(connection)) {
      return ask(connection, transport);
    }
  }

  /** The same by a transport of the caller's, who may close it meanwhile. */
  static ServerInfo ask(InfluxConnection connection, HttpTransport transport) throws IOException {
    return new ApiVersionProbe(transport.builder().build(), connection).ask();
  }

  private ServerInfo ask() throws IOException {
    String version;
    String build;
    try (Response ping = get("ping")) {
      if (ping.code() == UNAUTHORIZED) {
        // Only InfluxDB 3 asks for a token here, and then does not say who it is.
        throw new ProbeRefusedException(ResponseCapture.read(ping));
      }
      if (ping.code() == BAD_REQUEST && ResponseCapture.read(ping).message().contains("HTTPS")) {
        throw new TlsExpectedException();
      }
      version = ping.header("X-Influxdb-Version", "");
      build = ping.header("X-Influxdb-Build", "");
    }
    if (version.isEmpty()) {
      version = jsonMember("health", "version");
    }
    if (version.isEmpty()) {
      throw new IOException(
          "something answers at "
              + connection.address()
              + " that does not say it is an InfluxDB; set influx.api if it is one");
    }
    Optional<InfluxApi> numbered = generation(version);
    return new ServerInfo(numbered.isPresent() ? numbered.get() : byBehaviour(build), version);
  }

  /** Who is {@code ready} in 2.x's own words is a 2.x; 1.x knows no such path. */
  private InfluxApi byBehaviour(String build) throws IOException {
    if (NEWEST_BUILDS.matcher(build).matches()) {
      return InfluxApi.V3;
    }
    return jsonMember("ready", "status").isEmpty() ? InfluxApi.V1 : InfluxApi.V2;
  }

  /** A text member of what a path answers with; empty where there is none. */
  private String jsonMember(String path, String name) throws IOException {
    try (Response response = get(path);
        ResponseBody body = response.body()) {
      return body == null ? "" : textMember(body.string(), name);
    }
  }

  private Response get(String path) throws IOException {
    HttpUrl base = HttpUrl.get(connection.url());
    if (base == null) {
      throw new IOException("not an HTTP address: " + connection.address());
    }
    Request.Builder request =
        new Request.Builder().url(base.newBuilder().addPathSegment(path).build());
    if (connection.token() != null) {
      // InfluxDB 3 wants its token even here.
      request.header("Authorization", "Token " + connection.token().reveal());
    }
    return client.newCall(request.build()).execute();
  }

  /** {@code v2.7.10}, {@code 1.6.7~rc0}, {@code 3.0.0}; none of a version in words. */
  static Optional<InfluxApi> generation(String version) {
    Matcher number = NUMBER.matcher(version);
    if (!number.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (number.group(1)) {
          case "0", "1" -> InfluxApi.V1;
          case "2" -> InfluxApi.V2;
          default -> InfluxApi.V3;
        });
  }

  private static String textMember(String json, String wanted) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals(wanted) && value == JsonToken.VALUE_STRING) {
            return parser.getText();
          }
          parser.skipChildren();
        }
      }
      return "";
    } catch (IOException e) {
      return ""; // Not JSON: then not an InfluxDB's.
    }
  }
}
