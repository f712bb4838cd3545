package io.motorwatch.source.mqtt.client;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Matches answers to pings, which carry no identifier: the n-th answers the n-th. Thread-safe. */
final class PendingPings {

  private record Awaited(long number, CompletableFuture<Void> answer) {}

  private final ArrayDeque<Awaited> awaited = new ArrayDeque<>();
  private long answered;

  /**
   * Sends a ping.
   *
   * @param send sends it and returns how many it was, counting those of others too
   */
  synchronized CompletableFuture<Void> send(LongSupplier send) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    // Under the lock: the answer may come before this returns.
    awaited.add(new Awaited(send.getAsLong(), answer));
    return answer;
  }

  void answered() {
    CompletableFuture<Void> answer = next();
    if (answer != null) {
      answer.complete(null);
    }
  }

  private synchronized CompletableFuture<Void> next() {
    answered++;
    Awaited first = awaited.peek();
    return first != null && first.number() <= answered ? awaited.remove().answer() : null;
  }

  /** None will be answered any more. */
  void fail(Throwable cause) {
    ArrayDeque<Awaited> left;
    synchronized (this) {
      left = new ArrayDeque<>(awaited);
      awaited.clear();
    }
    left.forEach(ping -> ping.answer().completeExceptionally(cause));
  }
}
