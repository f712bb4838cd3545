package io.motorwatch.source.mqtt.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** MQTT right on TCP or TLS. */
record SocketTransport(BrokerSocket broker) implements Transport {

  @Override
  public InputStream in() throws IOException {
    return broker.stream().getInputStream();
  }

  @Override
  public OutputStream out() throws IOException {
    return broker.stream().getOutputStream();
  }

  @Override
  public void readTimeout(Duration timeout) throws IOException {
    broker.stream().setSoTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
  }

  @Override
  public void endOutput() throws IOException {
    broker.stream().shutdownOutput();
  }

  @Override
  public void close() {
    try {
      // First: TLS would wait for a write that is stuck, to say goodbye behind it.
      broker.wire().close();
      broker.stream().close();
    } catch (IOException e) {
      // It is as closed as it can be.
      return;
    }
  }
}
