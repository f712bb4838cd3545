package io.motorwatch.source.mqtt.reader;

import java.util.concurrent.CompletableFuture;

/** An acknowledgement without a broker, of a message that arrived in the second of its number. */
final class FakeAck implements AckHandle {

  private static final Epoch FIRST = () -> true;

  final CompletableFuture<Void> confirmation = new CompletableFuture<>();
  Epoch epoch = FIRST;
  volatile boolean current = true;
  volatile boolean acknowledged;
  private final String sessionId;
  private final int number;
  private final long fingerprint;

  FakeAck() {
    this("s", 1);
  }

  FakeAck(String sessionId, int number) {
    this(sessionId, number, number);
  }

  FakeAck(String sessionId, int number, long fingerprint) {
    this.sessionId = sessionId;
    this.number = number;
    this.fingerprint = fingerprint;
  }

  @Override
  public boolean acknowledge() {
    acknowledged |= current;
    return current;
  }

  @Override
  public boolean current() {
    return current;
  }

  @Override
  public long arrivedAt() {
    return number * 1000L;
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
    return number;
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }

  @Override
  public CompletableFuture<Void> confirmation() {
    return confirmation;
  }
}
