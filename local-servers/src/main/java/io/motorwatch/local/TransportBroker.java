package io.motorwatch.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A private Mosquitto that speaks MQTT over everything clients can: TCP, TLS, TLS with client
 * certificates, WebSockets with and without TLS. All but the anonymous TCP listener for looking on
 * want the user. Not thread-safe.
 */
public final class TransportBroker implements AutoCloseable {

  public static final String USER = "transport-user";
  public static final String PASSWORD = "transport-password";

  /** A listener. */
  public enum Transport {
    TCP("tcp"),
    TLS("ssl"),
    MUTUAL_TLS("ssl"),
    WEB_SOCKET("ws"),
    WEB_SOCKET_TLS("wss");

    private final String scheme;

    Transport(String scheme) {
      this.scheme = scheme;
    }

    public String scheme() {
      return scheme;
    }

    public boolean encrypted() {
      return this != TCP && this != WEB_SOCKET;
    }
  }

  private final LocalMosquitto broker;
  private final Map<Transport, Integer> ports;
  private final TestCertificates server;
  private final TestCertificates client;

  private TransportBroker(
      LocalMosquitto broker,
      Map<Transport, Integer> ports,
      TestCertificates server,
      TestCertificates client) {
    this.broker = broker;
    this.ports = ports;
    this.server = server;
    this.client = client;
  }

  /** Starts it, with certificates of its own. */
  public static TransportBroker start(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(folder);
    TestCertificates server = TestCertificates.make(folder, "server", "RSA", "ip:127.0.0.1");
    TestCertificates client = TestCertificates.make(folder, "client", "EC", "dns:client");
    Path passwords = folder.resolve("passwords");
    passwords(passwords);
    Map<Transport, Integer> ports = new EnumMap<>(Transport.class);
    List<String> lines = new ArrayList<>(List.of("allow_anonymous true"));
    lines.add(0, "per_listener_settings true");
    // The settings of a listener stand behind it; those before belong to the plain one.
    for (Transport transport : Transport.values()) {
      int port = FreePort.find();
      ports.put(transport, port);
      lines.add("listener " + port + " 127.0.0.1");
      lines.add("allow_anonymous false");
      lines.add("password_file " + passwords);
      if (transport == Transport.WEB_SOCKET || transport == Transport.WEB_SOCKET_TLS) {
        lines.add("protocol websockets");
      }
      if (transport.encrypted()) {
        lines.add("certfile " + server.certificate());
        lines.add("keyfile " + server.key());
      }
      if (transport == Transport.MUTUAL_TLS) {
        lines.add("cafile " + client.certificate());
        lines.add("require_certificate true");
      }
    }
    return new TransportBroker(
        LocalMosquitto.start(folder.resolve("broker"), FreePort.find(), lines),
        ports,
        server,
        client);
  }

  /** With Mosquitto's own program, which hashes them. */
  private static void passwords(Path file) throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", file.toString(), USER, PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IOException("mosquitto_passwd: " + said);
    }
  }

  public int port(Transport transport) {
    return ports.get(transport);
  }

  /** The listener that wants no user. */
  public LocalMosquitto plain() {
    return broker;
  }

  /** The server's certificate, which is its own CA. */
  public TestCertificates server() {
    return server;
  }

  /** The certificate that the mutual listener takes. */
  public TestCertificates client() {
    return client;
  }

  @Override
  public void close() {
    broker.close();
  }
}
