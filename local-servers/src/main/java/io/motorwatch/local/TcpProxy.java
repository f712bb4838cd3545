package io.motorwatch.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;

/**
 * Stands between a client and a local server, to cut their connections or to hold up what the
 * server says. Safe for any thread.
 */
public final class TcpProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /** Answers pass while nobody is registered. */
  private final Phaser gate = new Phaser();

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on a free loopback port and hands everything on to the given one. */
  public static TcpProxy to(int port) throws IOException {
    TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    daemon(proxy::accept);
    return proxy;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The address for MQTT clients. */
  public String uri() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  private static void daemon(Runnable action) {
    Thread thread = new Thread(action, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(broker);
        daemon(() -> pump(client, broker, () -> {}));
        daemon(() -> pump(broker, client, this::pass));
      } catch (IOException e) {
        // The broker is away, or the proxy closed: the client finds its connection cut.
        cut();
      }
    }
  }

  private void pump(Socket from, Socket to, Runnable beforeEach) {
    try (from;
        to) {
      byte[] buffer = new byte[8192];
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        beforeEach.run();
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Cut; the try has closed both ends.
      open.remove(from);
    }
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

  /** Ends all connections without a word of MQTT. */
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
