package io.motorwatch.source.mqtt.client;

import static org.awaitility.Awaitility.await;

import io.motorwatch.mqtt.BrokerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A subscriber that acknowledges nothing: what it has got after a while is the window the broker
 * allows it. It asks for the largest Receive Maximum, by the version of MQTT that has one.
 */
public final class HeldMessages implements AutoCloseable, MqttConnection.Handler {

  private static final Duration QUIET = Duration.ofMillis(700);

  private final List<IncomingPublish> received = Collections.synchronizedList(new ArrayList<>());
  private int acknowledged;
  private final MqttConnection connection;

  private HeldMessages(String uri, Protocol protocol, String clientId) {
    connection =
        new MqttConnection(
            BrokerAddress.of(uri),
            new ConnectOptions(
                protocol,
                clientId,
                false,
                3600,
                65_534,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                1024),
            this);
  }

  /** Connects and subscribes with QoS 1. */
  public static HeldMessages subscribe(
      String uri, Protocol protocol, String clientId, String filter) throws Exception {
    HeldMessages client = new HeldMessages(uri, protocol, clientId);
    client.connection.open().get();
    client
        .connection
        .subscribe(List.of(new TopicSubscription(filter, 1, TopicSubscription.Retained.SEND)))
        .get();
    return client;
  }

  @Override
  public void received(MqttConnection by, IncomingPublish message) {
    received.add(message);
  }

  @Override
  public void ended(MqttConnection by, Throwable cause) {
    // Seen in the number of messages.
  }

  /**
   * How many have come when none has for a while.
   *
   * @param atLeast so many are waited for in any case, since a busy broker may pause among them
   */
  public int awaitQuiet(int atLeast) {
    int[] last = {-1};
    await()
        .pollInterval(QUIET)
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              int before = last[0];
              last[0] = received.size();
              return last[0] == before && last[0] >= atLeast;
            });
    return last[0];
  }

  /** Acknowledges all that has come, in order. */
  public void acknowledgeAll() {
    for (; acknowledged < received.size(); acknowledged++) {
      connection.acknowledge(received.get(acknowledged).packetId());
    }
  }

  /** Acknowledges until at least so many have come and no more come; all the payloads. */
  public List<String> drain(int atLeast) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(2))
        .during(QUIET)
        .until(
            () -> {
              boolean all = acknowledged == received.size() && acknowledged >= atLeast;
              acknowledgeAll();
              return all;
            });
    return List.copyOf(received).stream()
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void close() {
    connection.close().join();
  }
}
