package io.motorwatch.source.mqtt.client;

import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Connects to a broker, through TLS where its address says so. */
final class BrokerSocket {

  private BrokerSocket() {}

  /** Blocks until connected, for the timeout at most and as long again for TLS. */
  static Socket open(BrokerAddress broker, Duration timeout)
      throws IOException, GeneralSecurityException {
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
      return broker.secure() ? secured(socket, broker) : socket;
    } catch (IOException | GeneralSecurityException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, BrokerAddress broker)
      throws IOException, GeneralSecurityException {
    SSLContext context = context(broker.tls());
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, broker.host(), broker.port(), true);
    if (broker.tls().verifyHostname()) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    secured.startHandshake();
    return secured;
  }

  private static SSLContext context(TlsFiles files) throws IOException, GeneralSecurityException {
    KeyManager[] keys =
        files.certificate() == null || files.key() == null
            ? null
            : PemFiles.identity(files.certificate(), files.key()).getKeyManagers();
    TrustManager[] trusted =
        files.ca() == null ? null : PemFiles.trust(files.ca()).getTrustManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    // Null is the platform's default.
    context.init(keys, trusted, null);
    return context;
  }
}
