package io.motorwatch.source.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A device: publishes numbers as texts and waits until the broker has them. */
public final class Publisher implements AutoCloseable {

  private final Mqtt5AsyncClient client;

  public Publisher(int port) {
    client =
        Mqtt5Client.builder()
            .identifier("publisher-" + System.nanoTime())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
  }

  /** Publishes the numbers from the first to the last, exclusive, at QoS 1. */
  public void publish(String topic, int from, int to) {
    publish(topic, MqttQos.AT_LEAST_ONCE, from, to);
  }

  public void publish(String topic, MqttQos qos, int from, int to) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int number = from; number < to; number++) {
      sent.add(client.publish(message(topic, String.valueOf(number), qos)));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).join();
  }

  public void publish(Mqtt5Publish publish) {
    client.publish(publish).join();
  }

  public void retain(String topic, String payload) {
    publish(message(topic, payload, MqttQos.AT_LEAST_ONCE).extend().retain(true).build());
  }

  public static Mqtt5Publish message(String topic, String payload, MqttQos qos) {
    return Mqtt5Publish.builder()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .qos(qos)
        .build();
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
