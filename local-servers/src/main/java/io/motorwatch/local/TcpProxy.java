package io.motorwatch.local;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a local server, to cut their connections, to hold up what the server
 * says, or to see what the client says. Safe for any thread.
 */
public final class TcpProxy implements AutoCloseable {

  private static final String SHARED = "$share/";

  private final LoopbackServer server;
  private final int target;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final BeforeEach toServer;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /** Answers pass while nobody is registered. */
  private final Phaser gate = new Phaser();

  /** Gets what passes, before it does. */
  private interface BeforeEach {
    void bytes(byte[] buffer, int length);
  }

  private TcpProxy(int target, @Nullable BeforeEach toServer) throws IOException {
    this.target = target;
    this.toServer = toServer == null ? this::record : toServer;
    this.server = LoopbackServer.start(this::serve);
  }

  /** Listens on a free loopback port and hands everything on to the given one. */
  public static TcpProxy to(int port) throws IOException {
    return new TcpProxy(port, (bytes, length) -> {});
  }

  /** As {@link #to}, and keeps what clients say; for little traffic. */
  public static TcpProxy recording(int port) throws IOException {
    return new TcpProxy(port, null);
  }

  /**
   * Makes of an MQTT broker one that does not know shared subscriptions, as old ones: it takes
   * {@code $share/group/topic} for the name of a topic, to which nothing comes.
   */
  public static TcpProxy unsharing(int port) throws IOException {
    return new TcpProxy(port, TcpProxy::unshare);
  }

  public int port() {
    return server.port();
  }

  /** The address for MQTT clients. */
  public String uri() {
    return server.uri();
  }

  /** Where the server is away, the client finds its connection cut. */
  private void serve(Socket client) throws IOException {
    open.add(client);
    Socket real = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(real);
    LoopbackServer.daemon(() -> pump(real, client, (bytes, length) -> pass()));
    pump(client, real, toServer);
  }

  private void pump(Socket from, Socket to, BeforeEach before) {
    try (from;
        to) {
      byte[] buffer = new byte[8192];
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        before.bytes(buffer, n);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Cut; the try has closed both ends.
      open.remove(from);
    }
  }

  private synchronized void record(byte[] bytes, int length) {
    said.write(bytes, 0, length);
  }

  /** Of the same length, so that nothing else of a packet changes. */
  private static void unshare(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(SHARED); at >= 0; at = text.indexOf(SHARED, at + 1)) {
      bytes[at + 1] = 'x';
    }
  }

  /** All that clients said to a recording one, of all connections, byte by byte as Latin-1. */
  public synchronized String said() {
    return said.toString(StandardCharsets.ISO_8859_1);
  }

  private void pass() {
    if (gate.getRegisteredParties() > 0) {
      gate.awaitAdvance(gate.getPhase());
    }
  }

  /** From now on the server's answers wait; what clients say still passes. */
  public void hold() {
    gate.register();
  }

  /** Lets the answers pass, what has waited first. */
  public void release() {
    gate.arriveAndDeregister();
  }

  /** Ends all connections without an MQTT packet. */
  public void cut() {
    for (Closeable end : List.copyOf(open)) {
      open.remove(end);
      try {
        end.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
