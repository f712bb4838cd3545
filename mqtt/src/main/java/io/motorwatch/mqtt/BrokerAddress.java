package io.motorwatch.mqtt;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.TlsFiles;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT broker and how to log in there.
 *
 * @param uri {@code tcp://}, {@code ssl://}, {@code ws://} or {@code wss://}, host and optional
 *     port; never with user information, which would end up in logs
 */
public record BrokerAddress(URI uri, @Nullable Credentials credentials, TlsFiles tls)
    implements Serializable {

  public BrokerAddress {
    // Not getUserInfo: it finds none where Java does not take the host name.
    if (String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "user name and password do not belong in the broker's URI: use mqtt.username and"
              + " mqtt.password");
    }
    // Before the host: without a scheme, and as host:port, Java finds no host name either.
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException(
          "'" + uri + "' has no scheme: write tcp://HOST, ssl://HOST, ws://HOST or wss://HOST");
    }
    switch (uri.getScheme()) {
      case "tcp", "ssl", "ws", "wss" -> {}
      default ->
          throw new IllegalArgumentException(
              "unknown scheme '"
                  + uri.getScheme()
                  + "': use tcp (or mqtt), ssl (or mqtts), ws or wss");
    }
    Authority authority = Authority.of(uri);
    if (uri.getHost() == null && uri.getScheme().startsWith("ws")) {
      // Java's WebSocket client is who does not take it.
      throw new IllegalArgumentException(
          "over WebSockets the host name '"
              + authority.host()
              + "' cannot be used: it needs one"
              + " of letters, digits, '-' and '.'");
    }
  }

  /**
   * An address without log-in, as people write it.
   *
   * @see #uri(String)
   * @throws IllegalArgumentException if it is none, with one sentence
   */
  public static BrokerAddress of(String text) {
    return new BrokerAddress(uri(text), null, TlsFiles.PLATFORM);
  }

  /**
   * The URI of an address as people write it: also {@code HOST}, {@code HOST:PORT}, {@code mqtt://}
   * for {@code tcp://} and {@code mqtts://} for {@code ssl://}.
   *
   * @throws IllegalArgumentException if it is none; without the text, which may hold a password
   */
  public static URI uri(String text) {
    String written = text.strip();
    int scheme = written.indexOf("://");
    String full =
        switch (scheme < 0 ? "" : written.substring(0, scheme).toLowerCase(Locale.ROOT)) {
          case "" -> "tcp://" + written;
          case "mqtt" -> "tcp" + written.substring(scheme);
          case "mqtts", "tls" -> "ssl" + written.substring(scheme);
          case "tcp", "ssl", "ws", "wss" ->
              written.substring(0, scheme).toLowerCase(Locale.ROOT) + written.substring(scheme);
          default -> written;
        };
    try {
      return new URI(full);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URI: " + e.getReason(), e);
    }
  }

  public String host() {
    return Authority.of(uri).host();
  }

  /** The port, or the scheme's usual one. */
  public int port() {
    int given = Authority.of(uri).port();
    if (given > 0) {
      return given;
    }
    return switch (uri.getScheme()) {
      case "ssl" -> 8883;
      case "ws" -> 80;
      case "wss" -> 443;
      default -> 1883;
    };
  }

  public boolean secure() {
    return uri.getScheme().equals("ssl") || uri.getScheme().equals("wss");
  }

  public boolean webSocket() {
    return uri.getScheme().startsWith("ws");
  }

  /**
   * Where a WebSocket is opened: the address itself, with the path {@code /mqtt} where it names
   * none, since most brokers take that one or any.
   */
  public URI webSocketUri() {
    String path = uri.getRawPath();
    boolean none = path == null || path.isEmpty() || path.equals("/");
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(
        uri.getScheme() + "://" + uri.getRawAuthority() + (none ? "/mqtt" : path) + query);
  }

  @Override
  public String toString() {
    return uri.getScheme() + "://" + host() + ":" + port();
  }
}
