package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.MqttVersion;
import java.io.IOException;

/**
 * Which version of MQTT to try next. With {@link MqttVersion#AUTO} MQTT 5 first, and the other one
 * after each time that somebody answered but did not let us in: brokers of 3.1.1 refuse MQTT 5 in
 * words that mean nothing in it. What has worked once stays. For one thread.
 */
final class VersionChoice {

  private final MqttVersion wanted;
  private boolean old;
  private boolean settled;

  VersionChoice(MqttVersion wanted) {
    this.wanted = wanted;
    this.old = wanted == MqttVersion.V3;
  }

  /**
   * A connection yet to be made.
   *
   * @throws IOException if a certificate file cannot be read
   */
  BrokerConnection connection(BrokerAddress address, String clientId, Runnable lost)
      throws IOException {
    return old
        ? new Mqtt3Connection(address, clientId, lost)
        : new Mqtt5Connection(address, clientId, lost);
  }

  void worked() {
    settled = true;
  }

  void failed(BrokerConnection tried, Throwable why) {
    boolean nobodyThere = why instanceof ConnectionFailedException;
    if (wanted == MqttVersion.AUTO && !settled && !nobodyThere) {
      old = !(tried instanceof Mqtt3Connection);
    }
  }
}
