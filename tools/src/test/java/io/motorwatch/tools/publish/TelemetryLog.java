package io.motorwatch.tools.publish;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that a broker delivers to a lasting session, as {@code topic payload}, in its order. */
public final class TelemetryLog implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Mqtt5BlockingClient client;

  public TelemetryLog(String uri) {
    BrokerAddress broker = BrokerAddress.of(uri);
    client =
        Mqtt5Client.builder()
            .identifier("telemetry-log")
            .serverHost(broker.host())
            .serverPort(broker.port())
            .automaticReconnectWithDefaultConfig()
            .buildBlocking();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::receive);
    client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
    client.subscribeWith().topicFilter("site/#").qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private void receive(Mqtt5Publish publish) {
    lines.add(
        publish.getTopic() + " " + new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8));
  }

  public List<String> lines() {
    return lines;
  }

  /** Payloads of the topics that end so. */
  public List<String> payloads(String topicEnd) {
    return lines.stream()
        .filter(line -> line.substring(0, line.indexOf(' ')).endsWith(topicEnd))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }

  @Override
  public void close() {
    if (client.getState().isConnected()) {
      client.disconnect();
    }
  }
}
