package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** A stream of bytes to a broker and one from it. */
interface Transport {

  /** Connects by what the address says; blocks until connected, for a few timeouts at most. */
  static Transport open(BrokerAddress broker, Duration timeout)
      throws IOException, GeneralSecurityException, InterruptedException {
    return broker.webSocket()
        ? WebSocketTransport.open(broker, timeout)
        : SocketTransport.open(broker, timeout);
  }

  /** What the broker sends; for one thread. */
  InputStream in() throws IOException;

  /** To the broker; for one thread. A write blocks until the network has taken it. */
  OutputStream out() throws IOException;

  /** From now on a read that waits longer throws a SocketTimeoutException. */
  void readTimeout(Duration timeout) throws IOException;

  /** Signals to the broker that nothing more comes. */
  void endOutput() throws IOException;

  /** Lets reads and writes end at once. Any thread, any number of times. */
  void close();
}
