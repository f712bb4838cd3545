package io.motorwatch.sink.influx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Tells a server's generation by what it says about its version. */
final class GenerationProbe {

  private static final JsonFactory JSON = new JsonFactory();

  private static final int UNAUTHORIZED = 401;

  private GenerationProbe() {}

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
    OkHttpClient client = transport.builder().build();
    String version = pingVersion(client, connection);
    if (version.isEmpty()) {
      version = healthVersion(client, connection);
    }
    if (version.isEmpty()) {
      throw new IOException(
          "something answers at "
              + connection.address()
              + " that does not say it is an InfluxDB; set influx.api if it is one");
    }
    return new ServerInfo(generation(version), version);
  }

  private static String pingVersion(OkHttpClient client, InfluxConnection connection)
      throws IOException {
    try (Response response = get(client, connection, "ping")) {
      if (response.code() == UNAUTHORIZED) {
        // Only InfluxDB 3 asks for a token here, and then does not say who it is.
        throw new ProbeRefusedException(ResponseTap.read(response));
      }
      String version = response.header("X-Influxdb-Version");
      return version == null ? "" : version;
    }
  }

  private static String healthVersion(OkHttpClient client, InfluxConnection connection)
      throws IOException {
    try (Response response = get(client, connection, "health");
        ResponseBody body = response.body()) {
      return body == null ? "" : versionMember(body.string());
    }
  }

  private static Response get(OkHttpClient client, InfluxConnection connection, String path)
      throws IOException {
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

  /**
   * {@code v2.7.10}, {@code 1.6.7}, {@code 3.0.0}; a version in words is one of a build of ours.
   */
  static InfluxApi generation(String version) {
    String digits = version.startsWith("v") ? version.substring(1) : version;
    if (digits.startsWith("1.") || digits.startsWith("0.")) {
      return InfluxApi.V1;
    }
    return digits.startsWith("3.") ? InfluxApi.V3 : InfluxApi.V2;
  }

  private static String versionMember(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("version") && value == JsonToken.VALUE_STRING) {
            return parser.getText();
          }
          parser.skipChildren();
        }
      }
      return "";
    } catch (IOException e) {
      return ""; // Not JSON: then not an InfluxDB's health.
    }
  }
}
