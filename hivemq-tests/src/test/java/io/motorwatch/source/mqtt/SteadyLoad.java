package io.motorwatch.source.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes at a steady rate with QoS 1, at next to no cost: the same bytes again and again, and
 * what the broker answers is not looked at. Ends when closed.
 */
final class SteadyLoad implements AutoCloseable {

  private static final byte[] CONNECT = {
    0x10, 16, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 4, 'l', 'o', 'a', 'd'
  };
  private static final int BATCHES_PER_SECOND = 100;

  private final Socket socket;
  private final byte[] batch;

  private SteadyLoad(Socket socket, byte[] batch) {
    this.socket = socket;
    this.batch = batch;
  }

  /** Starts to publish to the topic; at most that many messages a second, in steps of 100. */
  static SteadyLoad start(int port, String topic, int perSecond) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(CONNECT);
    socket.getInputStream().readNBytes(4);
    SteadyLoad load = new SteadyLoad(socket, batch(topic, perSecond / BATCHES_PER_SECOND));
    daemon(load::publish);
    daemon(load::discardAnswers);
    return load;
  }

  private static void daemon(Runnable action) {
    Thread thread = new Thread(action, "steady-load");
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] batch(String topic, int messages) throws IOException {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    byte[] payload = "{\"t\":1700000000000,\"current\":12.5}".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id = 1; id <= messages; id++) {
      out.write(0x32);
      out.write(2 + name.length + 2 + payload.length);
      out.write(0);
      out.write(name.length);
      out.write(name);
      out.write(id >> 8);
      out.write(id);
      out.write(payload);
    }
    return out.toByteArray();
  }

  private void publish() {
    try {
      OutputStream out = socket.getOutputStream();
      long next = System.nanoTime();
      while (!socket.isClosed()) {
        out.write(batch);
        next = Math.max(next + 1_000_000_000L / BATCHES_PER_SECOND, System.nanoTime() - 50_000_000);
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (IOException e) {
      failUnlessClosed(e);
    }
  }

  private void discardAnswers() {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      failUnlessClosed(e);
    }
  }

  private void failUnlessClosed(IOException e) {
    if (!socket.isClosed()) {
      throw new UncheckedIOException("the broker ended the connection of the load", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
