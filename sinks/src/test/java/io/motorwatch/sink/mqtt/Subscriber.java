package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects what a broker delivers, as {@code topic payload}; retained ones marked. */
final class Subscriber implements AutoCloseable {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Mqtt5BlockingClient client;

  Subscriber(BrokerAddress broker, String filter) {
    client =
        Mqtt5Client.builder().serverHost(broker.host()).serverPort(broker.port()).buildBlocking();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::receive);
    client.connect();
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private void receive(Mqtt5Publish publish) {
    received.add(
        (publish.isRetain() ? "retained " : "")
            + publish.getTopic()
            + " "
            + new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8));
  }

  List<String> received() {
    return received;
  }

  @Override
  public void close() {
    if (client.getState().isConnected()) {
      client.disconnect();
    }
  }
}
