package io.motorwatch.sink.influx;

import com.google.gson.JsonObject;
import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Databases of InfluxDB 3, as documented. The first write would create them too, but without a
 * retention, which can be set at creation alone.
 */
final class V3Provisioning {

  private static final MediaType JSON = MediaType.get("application/json");
  private static final int CONFLICT = 409;

  private final InfluxConnection connection;
  private final HttpTransport transport;
  private final OkHttpClient client;

  private V3Provisioning(InfluxConnection connection, HttpTransport transport) {
    this.connection = connection;
    this.transport = transport;
    this.client = transport.builder().build();
  }

  static List<String> run(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    try (HttpTransport transport = new HttpTransport(connection)) {
      V3Provisioning provisioning = new V3Provisioning(connection, transport);
      List<String> warnings = new ArrayList<>();
      for (Retention retention : retentions) {
        provisioning.create(retention, warnings);
      }
      return warnings;
    }
  }

  private void create(Retention retention, List<String> warnings) throws IOException {
    String database = connection.bucket(retention.tier());
    JsonObject wanted = new JsonObject();
    wanted.addProperty("db", database);
    if (retention.keep() != null) {
      wanted.addProperty("retention_period", retention.seconds() + "s");
    }
    WriteResponse response = post(wanted.toString());
    switch (response.status()) {
      case CONFLICT -> {} // There already; what it keeps this interface does not say.
      // Only an administrator's token may; older builds have no such path.
      case 401, 403, 404, 405 -> {
        if (retention.keep() != null) {
          warnings.add(
              ("database %s cannot be created (%s). If it is missing, the first write creates it to"
                      + " keep everything; before that: influxdb3 create database"
                      + " --retention-period %ds %s")
                  .formatted(database, response, retention.seconds(), database));
        }
      }
      default -> InfluxProbe.require(connection, response);
    }
  }

  private WriteResponse post(String body) {
    HttpUrl url =
        Objects.requireNonNull(HttpUrl.get(connection.url()))
            .newBuilder()
            .addPathSegments("api/v3/configure/database")
            .build();
    Request.Builder request = new Request.Builder().url(url).post(RequestBody.create(body, JSON));
    Secret token = connection.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    return transport.observe(
        () -> {
          try (Response response = client.newCall(request.build()).execute()) {
            response.isSuccessful();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
