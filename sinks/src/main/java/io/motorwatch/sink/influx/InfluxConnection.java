package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where an InfluxDB is and how to log in there. Prints without its secrets.
 *
 * @param url {@code http://} or {@code https://}, host, port and optionally a path; without user
 *     information, which would end up in logs
 * @param api the generation, or {@link InfluxApi#AUTO}
 * @param database 1.x: the database; elsewhere the buckets' or databases' names are {@code
 *     <database>/<tier>}
 * @param org the organisation's name or id on 2.x; null where there is none, or only one
 * @param token for 2.x and 3, or null
 * @param credentials for 1.x (on 2.x a session instead of a token), or null
 * @param tls for {@code https://}
 */
public record InfluxConnection(
    URI url,
    InfluxApi api,
    String database,
    @Nullable String org,
    @Nullable Secret token,
    @Nullable Credentials credentials,
    TlsFiles tls)
    implements Serializable {

  public InfluxConnection {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("unknown scheme '" + scheme + "': use http or https");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(scheme + "://… needs a host name");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "user name and password do not belong in the URL: use influx.username and"
              + " influx.password");
    }
    if (database.isEmpty()) {
      throw new IllegalArgumentException("the database needs a name");
    }
  }

  /** A database without log-in, its generation to be asked for. */
  public static InfluxConnection of(String url, String database) {
    try {
      return new InfluxConnection(
          new URI(url), InfluxApi.AUTO, database, null, null, null, TlsFiles.PLATFORM);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** The same with the generation given. */
  public InfluxConnection withApi(InfluxApi newApi) {
    return new InfluxConnection(url, newApi, database, org, token, credentials, tls);
  }

  /** The same at another address. */
  InfluxConnection withUrl(String newUrl) {
    return new InfluxConnection(URI.create(newUrl), api, database, org, token, credentials, tls);
  }

  /** The same with another organisation. */
  InfluxConnection withOrg(String newOrg) {
    return new InfluxConnection(url, api, database, newOrg, token, credentials, tls);
  }

  /** The same with an organisation and its token. */
  public InfluxConnection withToken(@Nullable String newOrg, Secret newToken) {
    return new InfluxConnection(url, api, database, newOrg, newToken, credentials, tls);
  }

  /** The same with a user. */
  public InfluxConnection withCredentials(Credentials newCredentials) {
    return new InfluxConnection(url, api, database, org, token, newCredentials, tls);
  }

  /** The same with the files of its TLS. */
  public InfluxConnection withTls(TlsFiles newTls) {
    return new InfluxConnection(url, api, database, org, token, credentials, newTls);
  }

  /** Name of a tier's bucket (2.x) or database (3). */
  public String bucket(String tier) {
    return database + '/' + tier;
  }

  /** Whether the server is on this machine, as far as its name says. */
  boolean loopback() {
    String host = url.getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** Scheme, host and port, for messages. */
  public String address() {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
