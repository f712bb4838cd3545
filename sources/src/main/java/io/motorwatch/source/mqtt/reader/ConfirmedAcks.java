package io.motorwatch.source.mqtt.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Finds out which acknowledgements the broker has certainly got. One that was sent may be lost with
 * its connection, and the message then comes again.
 *
 * <p>Any thread sends and asks, the task's takes. Answers come on a network thread.
 */
final class ConfirmedAcks {

  private Map<String, List<AckHandle>> sent = new HashMap<>();
  private final Queue<List<AckHandle>> confirmed = new ConcurrentLinkedQueue<>();

  /** It was sent. */
  synchronized void sent(AckHandle ack) {
    sent.computeIfAbsent(ack.sessionId(), session -> new ArrayList<>()).add(ack);
  }

  /** Asks for a confirmation of all that was sent since the last call. */
  void ask() {
    for (List<AckHandle> acks : takeSent().values()) {
      // The first one's connection: had it ended while these were sent, none is confirmed.
      var unused = acks.get(0).confirmation().thenRun(() -> confirmed.add(acks));
    }
  }

  private synchronized Map<String, List<AckHandle>> takeSent() {
    Map<String, List<AckHandle>> taken = sent;
    sent = new HashMap<>();
    return taken;
  }

  /** Takes what was confirmed since the last call. */
  void take(Consumer<AckHandle> each) {
    for (List<AckHandle> acks = confirmed.poll(); acks != null; acks = confirmed.poll()) {
      acks.forEach(each);
    }
  }
}
