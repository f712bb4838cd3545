package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.TlsContext;
import io.motorwatch.mqtt.TlsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * MQTT right on TCP, or on TLS where the broker's address says so.
 *
 * @param stream what is read and written
 * @param wire beneath it; the same without TLS
 */
record SocketTransport(Socket stream, Socket wire) implements Transport {

  /** Blocks until connected, for the timeout at most and as long again for TLS. */
  static SocketTransport open(BrokerAddress broker, Duration timeout) throws IOException {
    InetSocketAddress address = new InetSocketAddress(broker.host(), broker.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(broker.host());
    }
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    Socket socket = new Socket();
    try {
      // Acknowledgements leave in batches of ours: Nagle's algorithm would only delay the last.
      socket.setTcpNoDelay(true);
      socket.connect(address, millis);
      socket.setSoTimeout(millis);
      return new SocketTransport(broker.secure() ? secured(socket, broker) : socket, socket);
    } catch (Throwable e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, BrokerAddress broker) throws IOException {
    SSLContext context = TlsContext.of(broker.tls());
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, broker.host(), broker.port(), true);
    if (broker.tls().verifyHostname()) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    try {
      secured.startHandshake();
    } catch (SocketException | EOFException e) {
      throw new SSLException(TlsFailure.CLOSED_IN_HANDSHAKE, e);
    }
    return secured;
  }

  @Override
  public InputStream in() throws IOException {
    return stream.getInputStream();
  }

  @Override
  public OutputStream out() throws IOException {
    return stream.getOutputStream();
  }

  @Override
  public void readTimeout(Duration timeout) throws IOException {
    stream.setSoTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
  }

  @Override
  public void endOutput() throws IOException {
    stream.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      // First: TLS would wait for a write that is stuck, to say goodbye behind it.
      wire.close();
      stream.close();
    } catch (IOException e) {
      // It is as closed as it can be.
      return;
    }
  }
}
