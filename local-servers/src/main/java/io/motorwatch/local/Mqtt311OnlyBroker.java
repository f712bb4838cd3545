package io.motorwatch.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers MQTT 5 as brokers of 3.1.1 do, each in its way; what speaks 3.1.1 it connects to a real
 * broker.
 */
public final class Mqtt311OnlyBroker implements AutoCloseable {

  private static final byte[] UNACCEPTABLE_VERSION = {0x20, 2, 0, 1};

  /** How it takes MQTT 5. */
  public enum Manner {
    REFUSES,
    CLOSES,
    KEEPS_SILENT
  }

  private final Manner manner;

  private final LoopbackServer server;
  private final TcpProxy broker;
  private final int brokerPort;
  private final AtomicInteger refused = new AtomicInteger();

  public Mqtt311OnlyBroker(int port) throws IOException {
    this(port, Manner.REFUSES);
  }

  public Mqtt311OnlyBroker(int port, Manner manner) throws IOException {
    this.manner = manner;
    broker = TcpProxy.to(port);
    brokerPort = broker.port();
    server = LoopbackServer.start(this::serve);
  }

  public String uri() {
    return server.uri();
  }

  /** How often it was asked by MQTT 5. */
  public int refused() {
    return refused.get();
  }

  private void serve(Socket client) throws IOException {
    // Fixed header of two bytes, then the name: 0 4 M Q T T, then the version.
    byte[] beginning = new byte[9];
    new DataInputStream(client.getInputStream()).readFully(beginning);
    if (beginning[8] > 4) {
      refused.incrementAndGet();
      if (manner == Manner.REFUSES) {
        client.getOutputStream().write(UNACCEPTABLE_VERSION);
      } else if (manner == Manner.KEEPS_SILENT) {
        // Until the client gives up.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      return;
    }
    try (Socket real = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
      real.getOutputStream().write(beginning);
      LoopbackServer.pipe(real, client);
      client.getInputStream().transferTo(real.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    broker.close();
  }
}
