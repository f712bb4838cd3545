package io.motorwatch.source.mqtt.reader;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * A session's acknowledgements in the order of receipt, each waiting for its message to be safe.
 * The task's thread adds; others release, one at a time, so that the order holds.
 */
final class JournaledAcks {

  private record Waiting(long position, AckHandle ack) {}

  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Adds one behind all before.
   *
   * @param position up to which the journal must be safe; not lower than that before
   */
  void add(long position, AckHandle ack) {
    waiting.add(new Waiting(position, ack));
  }

  /** Acknowledges all up to a position. Any thread. */
  synchronized void release(long safe, Consumer<AckHandle> onSent, Runnable onStale) {
    for (Waiting first = waiting.peek();
        first != null && first.position() <= safe;
        first = waiting.peek()) {
      if (!waiting.remove(first)) {
        continue;
      }
      if (first.ack().acknowledge()) {
        onSent.accept(first.ack());
      } else {
        onStale.run();
      }
    }
  }

  /** Forgets those whose connection has ended. */
  void dropStale(Runnable onStale) {
    waiting.removeIf(
        one -> {
          boolean stale = !one.ack().current();
          if (stale) {
            onStale.run();
          }
          return stale;
        });
  }

  /** Arrival of the oldest waiting, epoch milliseconds, or {@link Long#MAX_VALUE}. Any thread. */
  long oldestArrival() {
    Waiting first = waiting.peek();
    return first == null ? Long.MAX_VALUE : first.ack().arrivedAt();
  }
}
