package io.motorwatch.jobs.config;

import io.motorwatch.model.connection.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads and checks the section {@code influx}. */
final class InfluxSection {

  private final ConfigValues values;

  InfluxSection(ConfigValues values) {
    this.values = values;
  }

  InfluxConfig read() throws ConfigException {
    String url = values.text("influx.url", "http://127.0.0.1:8086");
    if (!url.matches("https?://[^/@\\s]+(/.*)?")) {
      throw values.fault("influx.url", "must be http://host:port or https://host:port");
    }
    checkUri(url);
    String api = values.text("influx.api", "auto");
    if (!api.matches("auto|v1|v2|v3")) {
      throw values.fault("influx.api", "must be auto, v1, v2 or v3, not '" + api + "'");
    }
    String token = values.secret("influx.token");
    return new InfluxConfig(
        url,
        InfluxConfig.Api.valueOf(api.toUpperCase(Locale.ROOT)),
        values.text("influx.database", "motorwatch"),
        values.find("influx.org").orElse(null),
        token == null ? null : Secret.of(token),
        values.credentials("influx.username", "influx.password"),
        values.flag("influx.provision", true),
        (int) values.whole("influx.batch-size", 5000, 1, 100_000),
        values.millis("influx.flush-interval", 100, 1));
  }

  /** A URL may well have a password among its parameters: it is not printed. */
  private void checkUri(String url) throws ConfigException {
    try {
      if (new URI(url).getHost() == null) {
        throw values.fault(
            "influx.url",
            "not a host name and port: a host name is of letters, digits, '-' and '.', without '_'");
      }
    } catch (URISyntaxException e) {
      throw values.fault("influx.url", "not a URL: " + e.getReason());
    }
  }
}
