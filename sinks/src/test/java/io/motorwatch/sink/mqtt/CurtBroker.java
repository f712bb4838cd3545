package io.motorwatch.sink.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real broker, and ends the connection where a client says a certain word. */
final class CurtBroker implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger ended = new AtomicInteger();
  private final int port;
  private final String word;

  CurtBroker(int port, String word) throws IOException {
    this.port = port;
    this.word = word;
    daemon(this::accept);
  }

  String uri() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  /** How often it has ended a connection. */
  int ended() {
    return ended.get();
  }

  private static void daemon(Runnable action) {
    Thread thread = new Thread(action, "curt-broker");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
        daemon(() -> listen(client, broker));
        daemon(() -> answer(broker, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void listen(Socket client, Socket broker) {
    try (client;
        broker) {
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[65_536];
      // The word may come in two pieces.
      String before = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String text = before + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(word);
        if (at >= 0) {
          broker.getOutputStream().write(buffer, 0, Math.max(0, at - before.length()));
          ended.incrementAndGet();
          return;
        }
        broker.getOutputStream().write(buffer, 0, n);
        before = text.substring(Math.max(0, text.length() - word.length() + 1));
      }
    } catch (IOException e) {
      // One of them has gone; both are closed.
      return;
    }
  }

  private static void answer(Socket broker, Socket client) {
    try (broker;
        client) {
      broker.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // One of them has gone; both are closed.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
