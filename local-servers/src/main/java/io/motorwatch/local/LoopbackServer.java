package io.motorwatch.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Listens on a free loopback port and serves each connection on a thread of its own: the frame of
 * brokers and proxies that misbehave as a test wants it. Safe for any thread.
 */
public final class LoopbackServer implements AutoCloseable {

  /** What is done with a connection. */
  public interface Service {

    /** Serves one connection, which is closed afterwards; an exception means that it has ended. */
    void serve(Socket client) throws IOException;
  }

  private final ServerSocket server;
  private final Service service;

  private LoopbackServer(ServerSocket server, Service service) {
    this.server = server;
    this.service = service;
  }

  /** Listens from now on. */
  public static LoopbackServer start(Service service) throws IOException {
    LoopbackServer started =
        new LoopbackServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
    daemon(started::accept);
    return started;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The address for MQTT clients. */
  public String uri() {
    return "tcp://127.0.0.1:" + port();
  }

  /** Runs something on a thread that does not keep the JVM. */
  static void daemon(Runnable action) {
    Thread thread = new Thread(action, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      service.serve(client);
    } catch (IOException e) {
      // One of the two has gone.
      return;
    }
  }

  /** Hands on all that comes, on a thread of its own, until one side ends; then closes both. */
  public static void pipe(Socket from, Socket to) {
    daemon(
        () -> {
          try (from;
              to) {
            from.getInputStream().transferTo(to.getOutputStream());
          } catch (IOException e) {
            // One of them has gone; both are closed.
            return;
          }
        });
  }

  /** Takes no more connections. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
