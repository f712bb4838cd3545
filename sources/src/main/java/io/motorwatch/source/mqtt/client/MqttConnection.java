package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.RefusedException;
import io.motorwatch.mqtt.SilenceException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a subscriber that acknowledges late.
 *
 * <p>Why not a general client library: Mosquitto (2.0.11, and later ones: its issue 2301) does not
 * keep the Receive Maximum when it has a backlog. Each PUBACK makes it send up to a whole window
 * more, so that with late acknowledgements far more messages are in flight, packet identifiers come
 * twice, and a client that insists on the protocol is disconnected indefinitely. This one takes
 * what comes, in order, and is bounded by TCP's back-pressure instead: {@link Handler#received} may
 * block, on a thread that does nothing but read. Acknowledgements must be in order of receipt, then
 * an identifier that is in flight twice is no ambiguity either.
 *
 * <p>Safe for any thread.
 */
public final class MqttConnection {

  /** Gets what the broker sends. */
  public interface Handler {

    /** A message, on the connection's reading thread; may block until there is capacity. */
    void received(MqttConnection connection, IncomingPublish message) throws InterruptedException;

    /** The connection, or the attempt, ended. Called once, on a thread of the connection. */
    void ended(MqttConnection connection, Throwable cause);

    /** For a connection made for its own sake. */
    Handler IGNORE =
        new Handler() {
          @Override
          public void received(MqttConnection connection, IncomingPublish message) {}

          @Override
          public void ended(MqttConnection connection, Throwable cause) {}
        };
  }

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long CLOSE_SECONDS = 5;

  private final BrokerAddress broker;
  private final ConnectOptions options;
  private final Handler handler;
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final PendingPings pings = new PendingPings();
  private final SubscriptionRequests requests;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread reader;
  private volatile boolean closing;

  private volatile long sessionExpirySeconds;
  private volatile boolean sessionPresent;
  private volatile @Nullable Transport transport;
  private volatile @Nullable PacketSender sender;

  /** A connection that is not open yet. */
  public MqttConnection(BrokerAddress broker, ConnectOptions options, Handler handler) {
    this.broker = broker;
    this.options = options;
    this.handler = handler;
    this.sessionExpirySeconds = options.sessionExpirySeconds();
    this.requests = new SubscriptionRequests(options.timeout(), this::roundTrip, this::end);
    this.reader = thread("mqtt-read-" + options.clientId(), this::read);
  }

  private static Thread thread(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Connects in the background; once.
   *
   * @return whether the broker held the session. Fails with what {@link Handler#ended} gets.
   */
  public CompletableFuture<Boolean> open() {
    reader.start();
    return connected;
  }

  /**
   * Subscribes; once. The connection ends if the broker lives and does not answer.
   *
   * @return fails with a {@link RefusedException} if one of the subscriptions is denied
   */
  public CompletableFuture<Void> subscribe(List<TopicSubscription> subscriptions) {
    send(
        PacketEncoder.subscribe(
            options.protocol(), SubscriptionRequests.SUBSCRIBE_ID, subscriptions));
    return requests.subscribing();
  }

  /** The lowest QoS the broker granted, once subscribed: it may be less than was asked for. */
  public int grantedQos() {
    return requests.grantedQos();
  }

  /** Whether the broker held the session, once connected: known before the first message. */
  public boolean sessionPresent() {
    return sessionPresent;
  }

  /** How long the broker keeps the session, once connected: it may be less than was asked for. */
  public long sessionExpirySeconds() {
    return sessionExpirySeconds;
  }

  /**
   * Unsubscribes; once. Filters the session does not have are no failure. The connection ends if
   * the broker lives and does not answer.
   *
   * @return fails with a {@link RefusedException} if the broker refuses one
   */
  public CompletableFuture<Void> unsubscribe(List<String> filters) {
    send(
        PacketEncoder.unsubscribe(
            options.protocol(), SubscriptionRequests.UNSUBSCRIBE_ID, filters));
    return requests.unsubscribing();
  }

  /**
   * Acknowledges a message of QoS 1; to be called in order of receipt. Never blocks.
   *
   * @return whether the connection still stands
   */
  public boolean acknowledge(int packetId) {
    return send(PacketEncoder.puback(packetId));
  }

  /**
   * As {@link #acknowledge}, for a message of QoS 2: from here on the broker does not send it
   * again. The rest of the exchange goes by itself.
   */
  public boolean acknowledgeReceipt(int packetId) {
    return send(PacketEncoder.pubrec(packetId));
  }

  /**
   * Goes to the broker and back, behind all that was sent before.
   *
   * @return completes when the broker has got all of that, and we all that it sent before it
   *     answered; exceptionally if the connection ended before
   */
  public CompletableFuture<Void> roundTrip() {
    PacketSender now = sender;
    if (now == null) {
      return CompletableFuture.failedFuture(new IOException("not connected"));
    }
    CompletableFuture<Void> answer = pings.send(now::ping);
    if (ended.get()) {
      // It may have ended before the ping was noted.
      pings.fail(new IOException("the connection has ended"));
    }
    return answer;
  }

  private boolean send(byte[] packet) {
    PacketSender now = sender;
    if (now == null || ended.get()) {
      return false;
    }
    now.send(packet);
    return true;
  }

  /**
   * Ends the connection behind all that was sent before; the broker keeps the session.
   *
   * @return completes, always normally, once the broker has closed it or after 5 seconds
   */
  public CompletableFuture<Void> close() {
    return close(PacketEncoder.DISCONNECT_PACKET);
  }

  /**
   * As {@link #close()}, but the broker ends the session, with all it still holds for it. MQTT
   * 3.1.1 has no words for that: there a session ends with a connection of clean start.
   */
  public CompletableFuture<Void> closeAndEndSession() {
    return close(
        options.protocol().hasProperties()
            ? PacketEncoder.END_SESSION_PACKET
            : PacketEncoder.DISCONNECT_PACKET);
  }

  private CompletableFuture<Void> close(byte[] disconnectPacket) {
    closing = true;
    reader.interrupt();
    PacketSender now = sender;
    if (now == null) {
      end(new IOException("closed"));
    } else {
      now.sendLast(disconnectPacket);
    }
    return closed
        .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((nothing, problem) -> end(new IOException("closed")));
  }

  private void read() {
    try {
      Transport opened = Transport.open(broker, options.timeout());
      transport = opened;
      if (ended.get()) {
        opened.close();
        return;
      }
      PacketDecoder packets =
          new PacketDecoder(
              new DataInputStream(new BufferedInputStream(opened.in(), BUFFER_BYTES)),
              options.protocol(),
              options.maxPayloadBytes());
      Duration keepAlive = handshake(opened, packets);
      // A broker that lives answers each ping, and we send one in every half of the keep-alive.
      opened.readTimeout(keepAlive.multipliedBy(3).dividedBy(2));
      // What is left in the buffer of a connection that has ended comes again by the next one.
      while (!ended.get()) {
        handle(packets, packets.next());
      }
    } catch (EOFException e) {
      end(new EOFException("the broker closed the connection without a DISCONNECT"));
    } catch (SocketTimeoutException e) {
      end(connected.isDone() ? silent() : e);
    } catch (InterruptedException e) {
      end(new IOException("closed", e));
    } catch (Throwable e) {
      // Errors too: the sending thread would go on pinging for a session that nobody reads.
      end(e);
    }
  }

  private static SilenceException silent() {
    return new SilenceException(
        "no sign of life, not even an answer to a ping: check the network, and whether the broker"
            + " hangs");
  }

  /** Returns the keep-alive that counts. */
  private Duration handshake(Transport opened, PacketDecoder packets) throws IOException {
    ConnAck answer = Handshake.connect(broker, options, opened, packets);
    Duration keepAlive = answer.keepAlive(options.keepAlive());
    sessionExpirySeconds = answer.sessionExpiry(options.sessionExpirySeconds());
    sessionPresent = answer.sessionPresent();
    PacketSender fresh = new PacketSender(opened.out(), keepAlive);
    sender = fresh;
    thread("mqtt-send-" + options.clientId(), () -> sendWith(fresh, opened)).start();
    connected.complete(answer.sessionPresent());
    return keepAlive;
  }

  private void sendWith(PacketSender fresh, Transport opened) {
    try {
      fresh.run();
      // The broker has all we sent when it closes its side in answer.
      opened.endOutput();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
    } catch (Throwable e) {
      end(e);
    }
  }

  private void handle(PacketDecoder packets, int type) throws IOException, InterruptedException {
    switch (type) {
      case PacketEncoder.PUBLISH -> {
        if (!closing) {
          deliver(packets.publish());
        }
      }
      // Also for one that was acknowledged on a former connection.
      case PacketEncoder.PUBREL -> send(PacketEncoder.pubcomp(packets.released()));
      case PacketEncoder.SUBACK -> requests.subscribed(packets);
      case PacketEncoder.UNSUBACK -> requests.unsubscribed(packets);
      case PacketEncoder.DISCONNECT -> throw packets.disconnect();
      case PacketEncoder.PINGRESP -> pings.answered();
      default -> throw new ProtocolException("unexpected packet of type " + type);
    }
  }

  private void deliver(IncomingPublish message) throws InterruptedException {
    try {
      handler.received(this, message);
    } catch (InterruptedException e) {
      // While closing no capacity comes any more, but the broker's DISCONNECT must still be read.
      if (!closing) {
        throw e;
      }
    }
  }

  private void end(Throwable cause) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    PacketSender now = sender;
    if (now != null) {
      now.stop();
    }
    Transport last = transport;
    if (last != null) {
      last.close();
    }
    if (Thread.currentThread() != reader) {
      reader.interrupt();
    }
    connected.completeExceptionally(cause);
    requests.fail(cause);
    pings.fail(cause);
    handler.ended(this, cause);
    closed.complete(null);
  }
}
