package io.motorwatch.source.mqtt.reader;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;

/** Another program with our client id. */
final class OtherClient {

  private final Mqtt5AsyncClient client;

  OtherClient(int port, String clientId) {
    client =
        Mqtt5Client.builder()
            .identifier(clientId)
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
  }

  void connectOnce() {
    client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send().join();
  }
}
