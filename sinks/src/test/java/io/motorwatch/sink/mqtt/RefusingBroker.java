package io.motorwatch.sink.mqtt;

import io.motorwatch.local.LoopbackServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/**
 * Speaks as much MQTT 5 as a publisher of QoS 1 needs, and answers each message with the reason
 * code the test wants.
 */
final class RefusingBroker implements AutoCloseable {

  private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};
  private static final byte[] PINGRESP = {(byte) 0xD0, 0};

  private final LoopbackServer server;
  private final ToIntFunction<String> reasonCode;
  private final List<String> taken = new CopyOnWriteArrayList<>();

  /**
   * @param reasonCode the answer to a message, given as {@code topic payload}; 0x80 and more refuse
   */
  RefusingBroker(ToIntFunction<String> reasonCode) throws IOException {
    this.reasonCode = reasonCode;
    server = LoopbackServer.start(this::serve);
  }

  String uri() {
    return server.uri();
  }

  /** What it did not refuse, in order, as {@code topic payload}. */
  List<String> taken() {
    return taken;
  }

  private void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    for (int header = in.read(); header >= 0; header = in.read()) {
      byte[] body = new byte[number(in)];
      in.readFully(body);
      switch (header >> 4) {
        case 1 -> out.write(CONNACK);
        case 3 -> out.write(puback(new DataInputStream(new ByteArrayInputStream(body))));
        case 12 -> out.write(PINGRESP);
        default -> {
          return;
        }
      }
    }
  }

  private byte[] puback(DataInputStream publish) throws IOException {
    String topic = publish.readUTF();
    int id = publish.readUnsignedShort();
    publish.skipNBytes(number(publish));
    String message = topic + ' ' + new String(publish.readAllBytes(), StandardCharsets.UTF_8);
    int code = reasonCode.applyAsInt(message);
    if (code < 0x80) {
      taken.add(message);
    }
    return new byte[] {0x40, 3, (byte) (id >> 8), (byte) id, (byte) code};
  }

  /** A variable byte integer. */
  private static int number(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        break;
      }
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
