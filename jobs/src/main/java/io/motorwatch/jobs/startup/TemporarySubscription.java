package io.motorwatch.jobs.startup;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.mqtt.client.ConnectOptions;
import io.motorwatch.source.mqtt.client.IncomingPublish;
import io.motorwatch.source.mqtt.client.MqttConnection;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.client.TopicSubscription;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A subscription for as long as an answer is awaited: to live messages only, or to retained ones.
 * Not made again when the connection ends.
 */
public final class TemporarySubscription implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final MqttConnection connection;

  /** Which messages are wanted. */
  private enum Wanted {
    LIVE(TopicSubscription.Retained.DO_NOT_SEND),
    RETAINED(TopicSubscription.Retained.SEND);

    private final TopicSubscription.Retained handling;

    Wanted(TopicSubscription.Retained handling) {
      this.handling = handling;
    }
  }

  private final Wanted wanted;

  private TemporarySubscription(
      BrokerAddress broker, Protocol protocol, Wanted wanted, Consumer<IncomingPublish> messages) {
    this.wanted = wanted;
    this.connection =
        new MqttConnection(
            broker,
            new ConnectOptions(
                protocol,
                "motorwatch-watch-" + UUID.randomUUID(),
                true,
                0,
                100,
                Duration.ofSeconds(30),
                CONNECT_LIMIT,
                MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES),
            new MqttConnection.Handler() {
              @Override
              public void received(MqttConnection from, IncomingPublish message) {
                if (message.qos() > 0) {
                  from.acknowledge(message.packetId());
                }
                // By MQTT 3.1.1 what was published before comes too.
                if (message.retained() == (wanted == Wanted.RETAINED)) {
                  messages.accept(message);
                }
              }

              @Override
              public void ended(MqttConnection which, Throwable cause) {
                // Whoever waits does so for a limited time.
              }
            });
  }

  /**
   * Connects and subscribes, by MQTT 5 or else 3.1.1 where the version is left open.
   *
   * @param messages called on a thread of the connection; must not block
   * @throws MqttUnreachableException with one line that names the address and what to check; its
   *     cause has the broker's own answer
   */
  public static TemporarySubscription open(
      BrokerAddress broker, MqttVersion version, String filter, Consumer<IncomingPublish> messages)
      throws MqttUnreachableException, InterruptedException {
    return open(broker, version, List.of(filter), Wanted.LIVE, messages);
  }

  /** As {@link #open}, to what the broker has retained. */
  public static TemporarySubscription openRetained(
      BrokerAddress broker,
      MqttVersion version,
      List<String> filters,
      Consumer<IncomingPublish> messages)
      throws MqttUnreachableException, InterruptedException {
    return open(broker, version, filters, Wanted.RETAINED, messages);
  }

  private static TemporarySubscription open(
      BrokerAddress broker,
      MqttVersion version,
      List<String> filters,
      Wanted wanted,
      Consumer<IncomingPublish> messages)
      throws MqttUnreachableException, InterruptedException {
    Protocol first = version == MqttVersion.V3 ? Protocol.MQTT_3_1_1 : Protocol.MQTT_5;
    try {
      return new TemporarySubscription(broker, first, wanted, messages).subscribed(broker, filters);
    } catch (MqttUnreachableException e) {
      boolean maybeOld =
          e.kind() == ConnectProblem.Kind.UNSUPPORTED_VERSION
              || e.kind() == ConnectProblem.Kind.NO_CONNACK;
      if (version != MqttVersion.AUTO || !maybeOld) {
        throw e;
      }
      return new TemporarySubscription(broker, Protocol.MQTT_3_1_1, wanted, messages)
          .subscribed(broker, filters);
    }
  }

  private TemporarySubscription subscribed(BrokerAddress broker, List<String> filters)
      throws MqttUnreachableException, InterruptedException {
    List<TopicSubscription> subscriptions =
        filters.stream().map(filter -> new TopicSubscription(filter, 1, wanted.handling)).toList();
    try {
      connection
          .open()
          .thenCompose(resumed -> connection.subscribe(subscriptions))
          .get(2 * CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new MqttUnreachableException(ConnectProblem.of(e, broker), e);
    }
  }

  @Override
  public void close() {
    var unused = connection.close();
  }
}
