package io.motorwatch.jobs.config;

import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
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
        database(),
        values.find("influx.org").orElse(null),
        token == null ? null : Secret.of(token),
        values.credentials("influx.username", "influx.password"),
        tls(url),
        values.flag("influx.provision", true),
        (int) values.whole("influx.batch-size", 5000, 1, 100_000),
        values.millis("influx.flush-interval", 100, 1));
  }

  private String database() throws ConfigException {
    String name = values.text("influx.database", "motorwatch");
    if (name.contains("/")) {
      // 1.x refuses it, and 2.x takes what is before the first one for the database.
      throw values.fault("influx.database", "must not contain '/': that comes before the tier");
    }
    return name;
  }

  private TlsFiles tls(String url) throws ConfigException {
    TlsFiles tls = values.tls("influx.tls");
    if (url.startsWith("http:") && (tls.ca() != null || tls.certificate() != null)) {
      throw values.fault(
          "influx.url", "is http://, which uses no TLS, while influx.tls names files: https://?");
    }
    return tls;
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
