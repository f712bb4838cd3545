package io.motorwatch.tools.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.motorwatch.mqtt.BrokerAddress;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/** Subscribes to the alerts of all devices as anybody could, and records when each arrived. */
final class AlertWatch implements AutoCloseable {

  private static final JsonFactory JSON = new JsonFactory();

  private final Mqtt5AsyncClient client;

  /**
   * An alert.
   *
   * @param at device time of the transition, epoch milliseconds
   * @param arrivedNanos {@link System#nanoTime()} of its arrival
   */
  record Alert(
      String device, String pattern, String state, long at, String message, long arrivedNanos) {}

  private AlertWatch(Mqtt5AsyncClient client) {
    this.client = client;
  }

  /**
   * Subscribes; comes back by itself when the broker does.
   *
   * @param heard called on the client's thread
   */
  static AlertWatch open(BrokerAddress broker, Consumer<Alert> heard) {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("motorwatch-demo-watch-" + UUID.randomUUID())
            .serverHost(broker.host())
            .serverPort(broker.port())
            .automaticReconnectWithDefaultConfig()
            .buildAsync();
    client.connect().join();
    client
        .subscribeWith()
        .topicFilter("site/+/device/+/alert")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(publish -> hear(publish, heard))
        .send()
        .join();
    return new AlertWatch(client);
  }

  private static void hear(Mqtt5Publish publish, Consumer<Alert> heard) {
    long now = System.nanoTime();
    try {
      heard.accept(parse(publish.getPayloadAsBytes(), now));
    } catch (IOException e) {
      throw new IllegalStateException("an alert that is no JSON on " + publish.getTopic(), e);
    }
  }

  private static Alert parse(byte[] payload, long now) throws IOException {
    String device = "";
    String pattern = "";
    String state = "";
    String message = "";
    long at = 0;
    try (JsonParser parser = JSON.createParser(payload)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "device" -> device = parser.getText();
          case "pattern" -> pattern = parser.getText();
          case "state" -> state = parser.getText();
          case "message" -> message = parser.getText();
          case "at" -> at = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
    }
    return new Alert(device, pattern, state, at, message, now);
  }

  @Override
  public void close() {
    try {
      client.toBlocking().disconnect();
    } catch (MqttClientStateException e) {
      // Not connected just now: nothing to say good-bye to.
      return;
    }
  }
}
