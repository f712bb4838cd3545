package io.motorwatch.source.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A broker of MQTT 5 that misbehaves as a test wants, for one client after the other. */
public final class ScriptedBroker implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean sessionPresent;
  private volatile boolean answersSubscribe = true;
  private volatile boolean answersPings = true;
  private volatile @Nullable Socket client;

  public ScriptedBroker() throws IOException {
    Thread thread = new Thread(this::accept, "scripted-broker");
    thread.setDaemon(true);
    thread.start();
  }

  public String uri() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  /** What the next connections are answered. */
  public void holdsTheSession(boolean holds) {
    sessionPresent = holds;
  }

  public void answersSubscribe(boolean answers) {
    answersSubscribe = answers;
  }

  public void answersPings(boolean answers) {
    answersPings = answers;
  }

  /** How many connections were accepted. */
  public int connections() {
    return connections.get();
  }

  /** Identifiers in PUBACKs, in order, over all connections. */
  public List<Integer> acknowledged() {
    return acknowledged;
  }

  /** Sends a message of QoS 1 to the client connected last. */
  public void publish(int packetId, boolean duplicate, String topic, String payload)
      throws IOException {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    byte[] content = payload.getBytes(StandardCharsets.UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(128);
    packet.put((byte) (duplicate ? 0x3A : 0x32)).put((byte) (name.length + content.length + 5));
    packet.putShort((short) name.length).put(name).putShort((short) packetId).put((byte) 0);
    packet.put(content);
    send(packet);
  }

  public void cut() throws IOException {
    Socket last = client;
    if (last != null) {
      last.close();
    }
  }

  private synchronized void send(ByteBuffer packet) throws IOException {
    Socket now = client;
    if (now == null) {
      throw new IOException("nobody is connected");
    }
    byte[] bytes = new byte[packet.flip().remaining()];
    packet.get(bytes);
    now.getOutputStream().write(bytes);
  }

  private void send(int... bytes) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(bytes.length);
    for (int one : bytes) {
      packet.put((byte) one);
    }
    send(packet);
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket next = server.accept()) {
        client = next;
        connections.incrementAndGet();
        serve(new DataInputStream(next.getInputStream()));
      } catch (IOException e) {
        // This one has gone, or the server is closed: the next round shows.
        client = null;
      }
    }
  }

  private void serve(DataInputStream in) throws IOException {
    while (true) {
      int type = in.readUnsignedByte() >>> 4;
      byte[] body = new byte[length(in)];
      in.readFully(body);
      switch (type) {
        case 1 -> send(0x20, 3, sessionPresent ? 1 : 0, 0, 0);
        case 4 -> acknowledged.add((int) ByteBuffer.wrap(body).getChar());
        case 8 -> subscribed(ByteBuffer.wrap(body));
        case 12 -> {
          if (answersPings) {
            send(0xD0, 0);
          }
        }
        case 14 -> {
          return;
        }
        default -> throw new IOException("unexpected packet of type " + type);
      }
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return length;
      }
    }
  }

  private void subscribed(ByteBuffer body) throws IOException {
    if (!answersSubscribe) {
      return;
    }
    ByteBuffer answer = ByteBuffer.allocate(32);
    answer.put((byte) 0x90).put((byte) 0).putChar(body.getChar()).put((byte) 0);
    body.position(body.position() + 1 + body.get(body.position()));
    while (body.hasRemaining()) {
      int topic = body.getChar();
      body.position(body.position() + topic + 1);
      answer.put((byte) 1);
    }
    answer.put(1, (byte) (answer.position() - 2));
    send(answer);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
