package io.motorwatch.source.mqtt.reader;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.client.MqttClients;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a session, with a client of its own. A client is never used for a second
 * connection: it would count the unacknowledged messages of the first against the Receive Maximum,
 * and hold back acknowledgements behind those of the first that never come.
 *
 * <p>Safe for any thread.
 */
final class SessionConnection {

  private final MqttSessionSplit split;
  private final SessionOptions options;
  private final MessageHandover handover;
  private final Mqtt5AsyncClient client;
  private final AtomicInteger unacked = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private volatile boolean current = true;

  /**
   * Prepares a connection.
   *
   * @param onEnded called on a network thread when the connection, or the attempt, ended
   */
  SessionConnection(
      MqttSessionSplit split,
      SessionOptions options,
      MessageHandover handover,
      BiConsumer<SessionConnection, Throwable> onEnded)
      throws IOException, GeneralSecurityException {
    this.split = split;
    this.options = options;
    this.handover = handover;
    this.client =
        MqttClients.create(
            options.broker(),
            split.clientId(),
            MqttClients.CONNECT_TIMEOUT,
            context -> onEnded.accept(this, context.getCause()));
  }

  CompletableFuture<Mqtt5ConnAck> connect() {
    // Before CONNECT: what a resumed session has queued comes right behind the CONNACK, and would
    // be acknowledged unseen.
    client.publishes(MqttGlobalPublishFilter.ALL, this::received, true);
    return client.connect(
        Mqtt5Connect.builder()
            .cleanStart(false)
            .sessionExpiryInterval(options.sessionExpiry().toSeconds())
            .keepAlive((int) options.keepAlive().toSeconds())
            .restrictions()
            .receiveMaximum(options.receiveMaximum())
            .applyRestrictions()
            .build());
  }

  /**
   * Subscribes, which for a resumed session changes nothing at the broker.
   *
   * @param anew whether to ask for the retained messages even if the session has the subscription
   */
  CompletableFuture<Mqtt5SubAck> subscribe(boolean anew) {
    List<Mqtt5Subscription> subscriptions =
        split.subscriptions().stream()
            .map(
                subscription ->
                    Mqtt5Subscription.builder()
                        .topicFilter(subscription.filter())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retainHandling(retainHandling(subscription.retained(), anew))
                        .build())
            .toList();
    return client.subscribe(Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build());
  }

  private static Mqtt5RetainHandling retainHandling(boolean retained, boolean anew) {
    if (!retained) {
      return Mqtt5RetainHandling.DO_NOT_SEND;
    }
    return anew
        ? Mqtt5RetainHandling.SEND
        : Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST;
  }

  /** On a network thread, which also keeps the connection alive: only enqueues. */
  private void received(Mqtt5Publish publish) {
    long now = System.currentTimeMillis();
    MqttMessage message =
        new MqttMessage(
            publish.getTopic().toString(),
            publish.getPayloadAsBytes(),
            publish.isRetain(),
            publish.getQos().getCode(),
            hmac(publish),
            now);
    AckHandle ack = null;
    if (publish.getQos() != MqttQos.AT_MOST_ONCE) {
      ack = new PublishAck(publish, now);
      int waiting = unacked.incrementAndGet();
      peak.accumulateAndGet(waiting, Math::max);
    }
    handover.put(new ReceivedMessage(split.splitId(), message, ack));
  }

  private static @Nullable String hmac(Mqtt5Publish publish) {
    for (Mqtt5UserProperty property : publish.getUserProperties().asList()) {
      if (property.getName().toString().equals(MqttMessage.HMAC_PROPERTY)) {
        return property.getValue().toString();
      }
    }
    return null;
  }

  int unacked() {
    return current ? unacked.get() : 0;
  }

  /** The most that were unacknowledged at once since the last call. */
  int takePeak() {
    return peak.getAndSet(unacked.get());
  }

  /** From now on acknowledgements are dropped: they would go to a connection that has ended. */
  void retire() {
    current = false;
  }

  /** Disconnects so that the broker keeps the session. */
  CompletableFuture<Void> disconnect() {
    return client.disconnect();
  }

  private final class PublishAck implements AckHandle {

    private final Mqtt5Publish publish;
    private final long arrivedAt;

    PublishAck(Mqtt5Publish publish, long arrivedAt) {
      this.publish = publish;
      this.arrivedAt = arrivedAt;
    }

    @Override
    public boolean acknowledge() {
      if (!current) {
        return false;
      }
      try {
        publish.acknowledge();
      } catch (RejectedExecutionException e) {
        // The client's threads are gone: the connection ended and we have not been told yet.
        return false;
      }
      unacked.decrementAndGet();
      return true;
    }

    @Override
    public boolean current() {
      return current;
    }

    @Override
    public long arrivedAt() {
      return arrivedAt;
    }
  }
}
