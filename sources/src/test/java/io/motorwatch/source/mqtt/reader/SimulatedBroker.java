package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A broker's session that holds numbered messages: sends a window of them ahead, sends again what
 * is unacknowledged when a client connects, and uses the lowest free packet identifier.
 */
final class SimulatedBroker {

  private record Sent(int packetId, int number) {}

  private final String sessionId;
  private final int window;
  private final int total;
  private final List<Sent> unacked = new ArrayList<>();
  private int delivered;
  private int next;
  private long clock;
  private AckHandle.Epoch connection = () -> true;
  private @Nullable String fault;

  SimulatedBroker(String sessionId, int window, int total) {
    this.sessionId = sessionId;
    this.window = window;
    this.total = total;
  }

  /** Ends the connection before. */
  synchronized void connect() {
    connection =
        new AckHandle.Epoch() {
          @Override
          public boolean resumed() {
            return true;
          }
        };
    delivered = 0;
  }

  /** What it sends next; null if it has nothing, or the window is full. */
  synchronized @Nullable ReceivedMessage send() {
    boolean again = delivered < unacked.size();
    if (!again) {
      if (unacked.size() >= window || next >= total) {
        return null;
      }
      unacked.add(new Sent(freeId(), next++));
    }
    Sent sent = unacked.get(delivered++);
    byte[] payload = String.valueOf(sent.number()).getBytes(StandardCharsets.UTF_8);
    MqttMessage message = new MqttMessage("t", payload, false, 1, null, ++clock, again);
    return new ReceivedMessage(sessionId, message, new Ack(sent, payload, connection));
  }

  private int freeId() {
    int id = 1;
    for (int i = 0; i < unacked.size(); i++) {
      if (unacked.get(i).packetId() == id) {
        id++;
        i = -1;
      }
    }
    return id;
  }

  synchronized boolean holdsNothing() {
    return unacked.isEmpty() && next == total;
  }

  /** What the client did that MQTT does not allow. */
  synchronized @Nullable String fault() {
    return fault;
  }

  @SuppressWarnings("ReferenceEquality") // connections differ by identity
  private synchronized boolean current(AckHandle.Epoch epoch) {
    return epoch == connection;
  }

  private synchronized boolean acknowledge(Sent sent, AckHandle.Epoch epoch) {
    if (!current(epoch)) {
      return false;
    }
    if (delivered == 0 || !unacked.get(0).equals(sent)) {
      fault = "acknowledged out of order or twice: " + sent + ", expected of " + unacked;
      return false;
    }
    unacked.remove(0);
    delivered--;
    return true;
  }

  private final class Ack implements AckHandle {

    private final Sent sent;
    private final long fingerprint;
    private final Epoch epoch;

    Ack(Sent sent, byte[] payload, Epoch epoch) {
      this.sent = sent;
      this.fingerprint = EmittedMessages.fingerprint("t", payload);
      this.epoch = epoch;
    }

    @Override
    public boolean acknowledge() {
      return SimulatedBroker.this.acknowledge(sent, epoch);
    }

    @Override
    public boolean current() {
      return SimulatedBroker.this.current(epoch);
    }

    @Override
    public Epoch epoch() {
      return epoch;
    }

    @Override
    public String sessionId() {
      return sessionId;
    }

    @Override
    public int packetId() {
      return sent.packetId();
    }

    @Override
    public long fingerprint() {
      return fingerprint;
    }

    @Override
    public CompletableFuture<Void> confirmation() {
      return current()
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.failedFuture(new IOException("ended"));
    }

    @Override
    public long arrivedAt() {
      return 0;
    }
  }
}
