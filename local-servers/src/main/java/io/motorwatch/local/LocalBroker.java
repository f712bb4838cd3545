package io.motorwatch.local;

/** A local MQTT broker, of whatever make. Not thread-safe. */
public interface LocalBroker extends LocalServer {

  /** Of its plain listener on the loopback interface; the same after a restart. */
  int port();

  /** {@code tcp://127.0.0.1:port}. */
  default String uri() {
    return "tcp://127.0.0.1:" + port();
  }
}
