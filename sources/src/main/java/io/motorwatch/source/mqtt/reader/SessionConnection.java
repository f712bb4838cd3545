package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.client.ConnectOptions;
import io.motorwatch.source.mqtt.client.IncomingPublish;
import io.motorwatch.source.mqtt.client.MqttConnection;
import io.motorwatch.source.mqtt.client.Protocol;
import io.motorwatch.source.mqtt.client.TopicSubscription;
import io.motorwatch.source.mqtt.client.TopicSubscription.Retained;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * One connection of a session: an epoch, with which the right to acknowledge its messages ends.
 * Safe for any thread.
 */
final class SessionConnection implements AckHandle.Epoch {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final MqttSessionSplit split;
  private final SessionOptions options;
  private final Protocol protocol;
  private final MessageHandover handover;
  private final SessionGate gate;
  private final MqttConnection connection;
  private final AtomicInteger unacked = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private volatile boolean live;
  private volatile boolean current = true;
  private volatile long lastActive = System.nanoTime();

  /**
   * Prepares a connection.
   *
   * @param onEnded called once, on a network thread, when the connection or the attempt ended
   */
  SessionConnection(
      MqttSessionSplit split,
      SessionOptions options,
      Protocol protocol,
      MessageHandover handover,
      SessionGate gate,
      BiConsumer<SessionConnection, Throwable> onEnded) {
    this.split = split;
    this.options = options;
    this.protocol = protocol;
    this.handover = handover;
    this.gate = gate;
    this.connection =
        new MqttConnection(
            options.broker(),
            connectOptions(false),
            new MqttConnection.Handler() {
              @Override
              public void received(MqttConnection from, IncomingPublish publish)
                  throws InterruptedException {
                SessionConnection.this.received(publish);
              }

              @Override
              public void ended(MqttConnection which, Throwable cause) {
                onEnded.accept(SessionConnection.this, cause);
              }
            });
  }

  private ConnectOptions connectOptions(boolean cleanStart) {
    return new ConnectOptions(
        protocol,
        split.clientId(),
        cleanStart,
        options.sessionExpiry().toSeconds(),
        options.receiveMaximum(),
        options.keepAlive(),
        CONNECT_TIMEOUT,
        options.maxPayloadBytes());
  }

  @Override
  public boolean resumed() {
    return connection.sessionPresent();
  }

  /** Connects; the result is whether the broker held the session. */
  CompletableFuture<Boolean> connect() {
    return connection.open();
  }

  /**
   * Subscribes, which for a resumed session changes nothing at the broker.
   *
   * @param retainedAgain whether to ask for the retained messages even if the session has the
   *     subscription
   */
  CompletableFuture<Void> subscribe(boolean retainedAgain) {
    // In MQTT 3.1.1 each SUBSCRIBE brings all retained messages.
    if (split.draining() || (protocol == Protocol.MQTT_3_1_1 && !retainedAgain)) {
      return CompletableFuture.completedFuture(null);
    }
    Retained wanted = retainedAgain ? Retained.SEND : Retained.SEND_IF_NEW;
    return connection.subscribe(
        split.subscriptions().stream()
            .map(
                subscription ->
                    new TopicSubscription(
                        subscription.filter(),
                        options.maxQos(),
                        subscription.retained() ? wanted : Retained.DO_NOT_SEND))
            .toList());
  }

  /** The lowest QoS granted, once subscribed. */
  int grantedQos() {
    return connection.grantedQos();
  }

  /** How long the broker keeps the session, once connected. */
  long sessionExpirySeconds() {
    return connection.sessionExpirySeconds();
  }

  /** Unsubscribes from what the session is no longer to get. */
  CompletableFuture<Void> unsubscribeFormer() {
    return split.formerFilters().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : connection.unsubscribe(split.formerFilters());
  }

  private void received(IncomingPublish publish) throws InterruptedException {
    long now = System.currentTimeMillis();
    lastActive = System.nanoTime();
    received.incrementAndGet();
    if (!publish.retained()) {
      live = true;
    }
    AckHandle ack = null;
    if (publish.qos() > 0) {
      ack = new PublishAck(publish, now);
      peak.accumulateAndGet(unacked.incrementAndGet(), Math::max);
    }
    gate.pass(this);
    handover.put(new ReceivedMessage(split.splitId(), message(publish, now), ack));
  }

  private static MqttMessage message(IncomingPublish publish, long now) {
    return new MqttMessage(
        publish.topic(),
        publish.payload(),
        publish.retained(),
        publish.qos(),
        publish.hmac(),
        now,
        publish.duplicate());
  }

  /** Whether a message has come that was published since, not retained before. */
  boolean live() {
    return live;
  }

  /** Whether it has not ended. */
  boolean current() {
    return current;
  }

  int unacked() {
    return current ? unacked.get() : 0;
  }

  /** The most that were unacknowledged at once since the last call. */
  int takePeak() {
    return peak.getAndSet(unacked.get());
  }

  /** Whether all that came is acknowledged, and nothing has come or gone for so long. */
  boolean idle(Duration time) {
    return unacked.get() == 0 && System.nanoTime() - lastActive >= time.toNanos();
  }

  /**
   * Asks the broker whether it has anything left.
   *
   * @return whether nothing came before its answer, which it gives behind all it can send
   */
  CompletableFuture<Boolean> nothingLeft() {
    long before = received.get();
    return connection
        .roundTrip()
        .thenApply(nothing -> received.get() == before && unacked.get() == 0);
  }

  /** From now on acknowledgements are dropped: they would go to a connection that has ended. */
  void retire() {
    current = false;
    gate.changed();
  }

  /** Disconnects so that the broker keeps the session, behind the acknowledgements before. */
  CompletableFuture<Void> disconnect() {
    return connection.close();
  }

  /** Disconnects so that the broker forgets the session. Always completes normally. */
  CompletableFuture<Void> endSession() {
    CompletableFuture<Void> ended = connection.closeAndEndSession();
    if (protocol == Protocol.MQTT_5) {
      return ended;
    }
    MqttConnection clean =
        new MqttConnection(options.broker(), connectOptions(true), MqttConnection.Handler.IGNORE);
    return ended
        .thenCompose(nothing -> clean.open())
        .handle((present, problem) -> null)
        .thenCompose(nothing -> clean.close());
  }

  /** Small, since many wait for a checkpoint: it must not hold the message. */
  private final class PublishAck implements AckHandle {

    private final char packetId;
    private final byte qos;
    private final long arrivedAt;
    private final long fingerprint;

    PublishAck(IncomingPublish publish, long arrivedAt) {
      this.packetId = (char) publish.packetId();
      this.qos = (byte) publish.qos();
      this.arrivedAt = arrivedAt;
      this.fingerprint = EmittedMessages.fingerprint(publish.topic(), publish.payload());
    }

    @Override
    public boolean acknowledge() {
      if (!current || !send()) {
        return false;
      }
      unacked.decrementAndGet();
      lastActive = System.nanoTime();
      return true;
    }

    private boolean send() {
      return qos == 2 ? connection.acknowledgeReceipt(packetId) : connection.acknowledge(packetId);
    }

    @Override
    public boolean current() {
      return current;
    }

    @Override
    public Epoch epoch() {
      return SessionConnection.this;
    }

    @Override
    public String sessionId() {
      return split.splitId();
    }

    @Override
    public int packetId() {
      return packetId;
    }

    @Override
    public long fingerprint() {
      return fingerprint;
    }

    @Override
    public CompletableFuture<Void> confirmation() {
      return connection.roundTrip();
    }

    @Override
    public long arrivedAt() {
      return arrivedAt;
    }
  }
}
