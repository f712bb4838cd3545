package io.motorwatch.sink.mqtt;

import io.motorwatch.local.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real broker, and ends the connection where a client says a certain word. */
final class DisconnectingBroker implements AutoCloseable {

  private final LoopbackServer server;
  private final AtomicInteger ended = new AtomicInteger();
  private final int port;
  private final String word;

  DisconnectingBroker(int port, String word) throws IOException {
    this.port = port;
    this.word = word;
    server = LoopbackServer.start(this::serve);
  }

  String uri() {
    return server.uri();
  }

  /** How often it has ended a connection. */
  int ended() {
    return ended.get();
  }

  private void serve(Socket client) throws IOException {
    try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), port)) {
      LoopbackServer.pipe(broker, client);
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
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
