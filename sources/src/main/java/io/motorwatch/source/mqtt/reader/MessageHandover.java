package io.motorwatch.source.mqtt.reader;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from the network threads to the fetcher thread, in order of arrival.
 *
 * <p>{@link #put} waits while too many of QoS 1 are here, or too many bytes of them, and with it
 * the thread that reads from the broker: TCP's back-pressure holds the others there. Of QoS 0 the
 * newest {@value #QOS0_LIMIT} are kept, or fewer where they are long.
 */
final class MessageHandover {

  static final int QOS0_LIMIT = 10_000;

  /** Payloads of either kind, so that long ones do not fill the memory within these counts. */
  static final long BYTE_LIMIT = 64L << 20;

  private record Numbered(long number, ReceivedMessage message) {}

  private final int capacity;
  private final Runnable onQos0Dropped;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition freed = lock.newCondition();
  // Two queues, so that dropping the oldest of QoS 0 is cheap; the numbers restore the order.
  private final ArrayDeque<Numbered> assured = new ArrayDeque<>();
  private final ArrayDeque<Numbered> qos0 = new ArrayDeque<>();
  private long assuredBytes;
  private long qos0Bytes;
  private long next;
  private boolean woken;
  private @Nullable IOException failure;

  /**
   * @param capacity messages of QoS 1
   * @param onQos0Dropped called on a network thread for each message dropped
   */
  MessageHandover(int capacity, Runnable onQos0Dropped) {
    this.capacity = capacity;
    this.onQos0Dropped = onQos0Dropped;
  }

  /**
   * Takes a message. One of QoS 1 whose connection has ended is dropped: what came before it may be
   * dropped already, and the broker sends all of it again, from the beginning.
   */
  void put(ReceivedMessage message) throws InterruptedException {
    AckHandle ack = message.ack();
    lock.lock();
    try {
      if (ack != null) {
        while (ack.current() && (assured.size() >= capacity || assuredBytes >= BYTE_LIMIT)) {
          freed.await();
        }
        if (!ack.current()) {
          return;
        }
        assured.add(new Numbered(next++, message));
        assuredBytes += bytes(message);
      } else {
        qos0.add(new Numbered(next++, message));
        qos0Bytes += bytes(message);
        while (qos0.size() > QOS0_LIMIT || (qos0Bytes > BYTE_LIMIT && qos0.size() > 1)) {
          qos0Bytes -= bytes(qos0.remove().message());
          onQos0Dropped.run();
        }
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a message that the broker does not send again; waits as for one of QoS 1. */
  void putReplayed(ReceivedMessage message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (assured.size() >= capacity || assuredBytes >= BYTE_LIMIT) {
        freed.await();
      }
      assured.add(new Numbered(next++, message));
      assuredBytes += bytes(message);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private static long bytes(ReceivedMessage message) {
    return message.isEnd() ? 0 : message.message().payload().length;
  }

  /** Hands over that a session is drained, behind all its messages. */
  void end(String sessionId) {
    lock.lock();
    try {
      assured.add(new Numbered(next++, ReceivedMessage.endOf(sessionId)));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for messages.
   *
   * @return at most {@code limit} of them; none if woken up
   * @throws IOException if a session has failed for good
   */
  List<ReceivedMessage> take(int limit) throws IOException {
    lock.lock();
    try {
      while (assured.isEmpty() && qos0.isEmpty() && failure == null && !woken) {
        changed.awaitUninterruptibly();
      }
      woken = false;
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      List<ReceivedMessage> taken = new ArrayList<>(Math.min(limit, assured.size() + qos0.size()));
      while (taken.size() < limit && !(assured.isEmpty() && qos0.isEmpty())) {
        taken.add(takeOldest());
      }
      freed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private ReceivedMessage takeOldest() {
    Numbered a = assured.peek();
    Numbered b = qos0.peek();
    if (b == null || (a != null && a.number() < b.number())) {
      ReceivedMessage message = assured.remove().message();
      assuredBytes -= bytes(message);
      return message;
    }
    ReceivedMessage message = qos0.remove().message();
    qos0Bytes -= bytes(message);
    return message;
  }

  /** Forgets what a session received by connections that have ended: the broker sends it again. */
  void dropStale(String sessionId) {
    lock.lock();
    try {
      assured.removeIf(
          numbered -> {
            AckHandle ack = numbered.message().ack();
            boolean stale =
                numbered.message().sessionId().equals(sessionId) && ack != null && !ack.current();
            if (stale) {
              assuredBytes -= bytes(numbered.message());
            }
            return stale;
          });
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the present or the next {@link #take} return at once. */
  void wakeUp() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets every {@link #take} from now on throw. The first failure counts. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return assured.size() + qos0.size();
    } finally {
      lock.unlock();
    }
  }
}
