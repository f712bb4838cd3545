package io.motorwatch.tools.publish;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.mqtt.publish.PublishingConnection;
import io.motorwatch.tools.publish.Unconfirmed.Pending;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes with QoS 1 so that every message arrives, in order: after a lost connection a fresh
 * client publishes again all from the first unconfirmed one. So a subscriber may see a stretch
 * twice, and never a message for the first time after a later one.
 *
 * <p>One thread sends, pauses and flushes, and in doing so also restores the connection: there is
 * no thread of our own whose order would have to be kept. {@link #stop} and the counts are for any
 * thread.
 */
public final class OrderedPublisher<T> implements AutoCloseable {

  /**
   * How publishing stands.
   *
   * @param confirmed messages the broker has taken
   * @param refused messages it did not want, which are not sent again
   * @param unconfirmed messages under way, or waiting for a connection
   * @param connections that were made so far
   * @param problem the newest reason for a lost connection or a refusal; null if there was none
   */
  public record Counts(
      long confirmed, long refused, int unconfirmed, long connections, @Nullable String problem) {}

  /** Gets each message that goes out. */
  @FunctionalInterface
  public interface SentListener<T> {

    /**
     * A message was handed to the connection; again, if it goes out once more after the connection
     * was lost. Called on the publishing thread; must be quick.
     *
     * @param nanoTime as of System.nanoTime, right before
     */
    void sent(T value, long nanoTime);
  }

  private static final long DISCONNECT_SECONDS = 2;
  private static final Duration UNLIMITED = Duration.ofDays(1_000);

  private final int maxUnconfirmed;
  private final Function<T, OutgoingMessage> encode;
  private final SentListener<? super T> listener;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Unconfirmed<T> unconfirmed = new Unconfirmed<>();
  private final ReconnectingConnection connection;
  private boolean stopped;

  /**
   * Not connected yet; that happens with the first message.
   *
   * @param clientId the same for every connection, so that the broker ends an old one that still
   *     holds data before the new one begins
   * @param maxUnconfirmed at most so many messages are under way, at least 1
   * @param encode makes the message, again for each time it goes out; QoS 1
   */
  public OrderedPublisher(
      BrokerAddress broker,
      String clientId,
      int maxUnconfirmed,
      Function<T, OutgoingMessage> encode,
      SentListener<? super T> listener) {
    this.connection = new ReconnectingConnection(broker, clientId, lock, changed);
    this.maxUnconfirmed = maxUnconfirmed;
    this.encode = encode;
    this.listener = listener;
  }

  /**
   * Publishes; waits for capacity, and for a connection.
   *
   * @return false, and the message was not taken, if we were stopped
   */
  public boolean send(T value) throws InterruptedException {
    return send(value, UNLIMITED);
  }

  /**
   * As {@link #send(Object)}, but waits for capacity and a connection only so long.
   *
   * @return false, and the message was not taken, also if there was none in time; the counts have
   *     the newest problem
   */
  public boolean send(T value, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!stopped && !ready() && System.nanoTime() - end < 0) {
        advance(end);
      }
      if (stopped || !ready()) {
        return false;
      }
      publish(unconfirmed.add(value));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean ready() {
    return connection.isConnected() && unconfirmed.size() < maxUnconfirmed;
  }

  /**
   * Waits, and keeps the connection up meanwhile.
   *
   * @param nanoTime until when, as of System.nanoTime
   * @return false if we were stopped
   */
  public boolean pauseUntil(long nanoTime) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && System.nanoTime() - nanoTime < 0) {
        advance(nanoTime);
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything is confirmed, also after {@link #stop}.
   *
   * @return whether it is, at the end of this time
   */
  public boolean flush(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!unconfirmed.isEmpty() && System.nanoTime() - end < 0) {
        advance(end);
      }
      return unconfirmed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing more be sent, and ends waiting for it. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void advance(long until) throws InterruptedException {
    if (connection.advance(until)) {
      publishAgain();
    }
  }

  private void publishAgain() {
    int mine = connection.generation();
    for (Pending<T> pending : unconfirmed.all()) {
      if (mine != connection.generation()) {
        return;
      }
      publish(pending);
    }
  }

  private void publish(Pending<T> pending) {
    OutgoingMessage message = encode.apply(pending.value());
    listener.sent(pending.value(), System.nanoTime());
    connection.publish(
        message,
        answer -> {
          if (answer == PublishAnswer.CONFIRMED) {
            unconfirmed.confirm(pending);
          } else {
            unconfirmed.refuse(pending);
          }
        });
  }

  /** The counts so far. */
  public Counts counts() {
    lock.lock();
    try {
      return new Counts(
          unconfirmed.confirmed(),
          unconfirmed.refused(),
          unconfirmed.size(),
          connection.accepted(),
          connection.problem());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Disconnects; takes two seconds at most, and a connection that is being made meanwhile is ended
   * once it is there. Flushes nothing.
   */
  @Override
  public void close() {
    @Nullable PublishingConnection last;
    lock.lock();
    try {
      stopped = true;
      last = connection.end();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (last == null) {
      return;
    }
    try {
      last.disconnect().get(DISCONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The broker finds out by itself.
      return;
    }
  }
}
