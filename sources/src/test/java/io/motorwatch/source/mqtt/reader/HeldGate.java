package io.motorwatch.source.mqtt.reader;

import java.util.concurrent.CompletableFuture;

/** A journal whose replay takes as long as the test wants. */
final class HeldGate implements SessionGate {

  private final CompletableFuture<Void> replayed = new CompletableFuture<>();

  void release() {
    replayed.complete(null);
  }

  @Override
  public CompletableFuture<Void> prepare() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> connected(SessionConnection which) {
    return replayed;
  }

  @Override
  public void pass(SessionConnection which) {}

  @Override
  public void changed() {}

  @Override
  public void close() {}
}
