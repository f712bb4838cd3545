package io.motorwatch.mqtt;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URI. Java's own reading of them takes no '_', which is usual in the names of
 * containers.
 *
 * @param port 1 to 65,535; 0 where none is given
 */
record Authority(String host, int port) {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[\\p{XDigit}:.%\\w]+]|[\\w.-]+)(?::(\\d{0,9}))?");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if there is no host, or no such port
   */
  static Authority of(URI uri) {
    String authority = uri.getRawAuthority();
    if (authority == null) {
      throw new IllegalArgumentException(uri.getScheme() + "://… needs a host name");
    }
    Matcher parts = HOST_AND_PORT.matcher(authority);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + authority + "' is not a host name and port");
    }
    String digits = parts.group(2);
    int port = digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    if (port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port " + port + " is above the highest there is, " + HIGHEST_PORT);
    }
    return new Authority(parts.group(1), port);
  }
}
