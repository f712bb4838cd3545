package io.motorwatch.jobs.publish;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.motorwatch.jobs.publish.Unconfirmed.Pending;
import io.motorwatch.model.connection.BrokerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 * <p>One thread sends, pauses and flushes, and in doing so also mends the connection: there is no
 * thread of our own whose order would have to be kept. {@link #stop} and the counts are for any
 * thread.
 */
public final class OrderedPublisher<T> implements AutoCloseable {

  private static final long FIRST_RETRY_MS = 50;
  private static final long LONGEST_RETRY_MS = 2_000;
  private static final long GOODBYE_SECONDS = 2;
  private static final Duration FOREVER = Duration.ofDays(1_000);

  private enum State {
    AWAY,
    CONNECTING,
    /** The broker has let us in; the unconfirmed messages are not sent again yet. */
    GREETED,
    CONNECTED
  }

  private final BrokerAddress broker;
  private final String clientId;
  private final int maxUnconfirmed;
  private final Function<T, Mqtt5Publish> encode;
  private final HandedListener<? super T> listener;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Unconfirmed<T> unconfirmed = new Unconfirmed<>();
  private State state = State.AWAY;
  private @Nullable PublishConnection connection;
  private int generation;
  private long retryMs = FIRST_RETRY_MS;
  private long nextAttempt = System.nanoTime();
  private boolean stopped;
  private long connections;
  private @Nullable String problem;

  /**
   * Not connected yet; that happens with the first message.
   *
   * @param clientId the same for every connection, so that the broker ends an old one that still
   *     holds data before the new one begins
   * @param maxUnconfirmed at most so many messages are under way, at least 1
   * @param encode makes the message, anew for each time it goes out; QoS 1
   */
  public OrderedPublisher(
      BrokerAddress broker,
      String clientId,
      int maxUnconfirmed,
      Function<T, Mqtt5Publish> encode,
      HandedListener<? super T> listener) {
    this.broker = broker;
    this.clientId = clientId;
    this.maxUnconfirmed = maxUnconfirmed;
    this.encode = encode;
    this.listener = listener;
  }

  /**
   * Publishes; waits for room, and for a connection.
   *
   * @return false, and the message was not taken, if we were stopped
   */
  public boolean send(T value) throws InterruptedException {
    return send(value, FOREVER);
  }

  /**
   * As {@link #send(Object)}, but waits for room and a connection only so long.
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
    return state == State.CONNECTED && unconfirmed.size() < maxUnconfirmed;
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

  /** Moves the connection on by what is due, or waits for something to happen. */
  @SuppressWarnings("WaitNotInLoop") // All callers loop on a condition of their own.
  private void advance(long until) throws InterruptedException {
    long now = System.nanoTime();
    if (state == State.AWAY && nextAttempt - now <= 0) {
      connect();
    } else if (state == State.GREETED) {
      state = State.CONNECTED;
      publishAgain();
    } else {
      long wake = state == State.AWAY && nextAttempt - until < 0 ? nextAttempt : until;
      long unused = changed.awaitNanos(wake - now);
    }
  }

  private void connect() {
    int mine = ++generation;
    state = State.CONNECTING;
    try {
      PublishConnection fresh = new PublishConnection(broker, clientId, why -> lost(mine, why));
      connection = fresh;
      CompletableFuture<?> unused =
          fresh.connect().whenComplete((ok, error) -> answered(mine, error));
    } catch (IOException e) {
      lost(mine, String.valueOf(e.getMessage()));
    }
  }

  private void answered(int which, @Nullable Throwable error) {
    if (error != null) {
      lost(which, String.valueOf(root(error).getMessage()));
      return;
    }
    lock.lock();
    try {
      if (which == generation) {
        state = State.GREETED;
        retryMs = FIRST_RETRY_MS;
        connections++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** An end is reported several times, by the client and by each of its messages: once counts. */
  private void lost(int which, String why) {
    lock.lock();
    try {
      if (which != generation) {
        return;
      }
      generation++;
      state = State.AWAY;
      problem = why;
      nextAttempt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMs);
      retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
      PublishConnection old = connection;
      connection = null;
      if (old != null) {
        CompletableFuture<?> unused = old.disconnect();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void publishAgain() {
    int mine = generation;
    for (Pending<T> pending : unconfirmed.all()) {
      if (mine != generation) {
        return;
      }
      publish(pending);
    }
  }

  private void publish(Pending<T> pending) {
    PublishConnection current = connection;
    if (current == null) {
      return;
    }
    int mine = generation;
    Mqtt5Publish message = encode.apply(pending.value());
    listener.handed(pending.value(), System.nanoTime());
    CompletableFuture<?> unused =
        current
            .publish(message)
            .whenComplete((result, error) -> answered(mine, pending, result, error));
  }

  private void answered(
      int which,
      Pending<T> pending,
      @Nullable Mqtt5PublishResult result,
      @Nullable Throwable error) {
    Throwable cause = error != null ? root(error) : refusal(result);
    if (cause == null) {
      settle(() -> unconfirmed.confirm(pending));
    } else if (cause instanceof Mqtt5PubAckException || cause instanceof MqttEncodeException) {
      // A judgement on the message itself, which the next connection would only repeat.
      settle(
          () -> {
            unconfirmed.refuse(pending);
            problem = String.valueOf(cause.getMessage());
          });
    } else {
      lost(which, String.valueOf(cause.getMessage()));
    }
  }

  private static @Nullable Throwable refusal(@Nullable Mqtt5PublishResult result) {
    return result == null ? null : result.getError().orElse(null);
  }

  private void settle(Runnable judgement) {
    lock.lock();
    try {
      judgement.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static Throwable root(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  /** How it stands. */
  public PublishCounts counts() {
    lock.lock();
    try {
      return new PublishCounts(
          unconfirmed.confirmed(), unconfirmed.refused(), unconfirmed.size(), connections, problem);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says goodbye to the broker; takes two seconds at most, and a connection that is being made
   * meanwhile is ended once it is there. Flushes nothing.
   */
  @Override
  public void close() {
    PublishConnection last;
    lock.lock();
    try {
      stopped = true;
      generation++;
      state = State.AWAY;
      last = connection;
      connection = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (last == null) {
      return;
    }
    try {
      last.disconnect().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The broker finds out by itself.
      return;
    }
  }
}
