package io.motorwatch.tools.publish;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.mqtt.publish.ConnectFailure;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.mqtt.publish.PublishingConnection;
import io.motorwatch.tools.publish.Unconfirmed.Pending;
import java.io.IOException;
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
  private final Function<T, OutgoingMessage> encode;
  private final HandedListener<? super T> listener;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Unconfirmed<T> unconfirmed = new Unconfirmed<>();
  private State state = State.AWAY;
  private final VersionChoice versions = new VersionChoice(MqttVersion.AUTO);
  private @Nullable PublishingConnection connection;
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
   * @param encode makes the message, again for each time it goes out; QoS 1
   */
  public OrderedPublisher(
      BrokerAddress broker,
      String clientId,
      int maxUnconfirmed,
      Function<T, OutgoingMessage> encode,
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
      PublishingConnection fresh =
          PublishingConnection.of(
              broker, versions.version(), clientId, () -> lost(mine, "connection lost"));
      connection = fresh;
      fresh.connect(error -> answered(mine, error));
    } catch (IOException e) {
      lost(mine, String.valueOf(e.getMessage()));
    }
  }

  private void answered(int which, @Nullable Throwable error) {
    if (error != null) {
      attemptFailed(which, error);
      return;
    }
    lock.lock();
    try {
      if (which == generation) {
        versions.accepted();
        state = State.GREETED;
        retryMs = FIRST_RETRY_MS;
        connections++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void attemptFailed(int which, Throwable error) {
    lock.lock();
    try {
      // The listener of ends may have been quicker; what it does not know is the version's part.
      if (versions.failed(ConnectFailure.of(error))) {
        retryMs = FIRST_RETRY_MS;
      }
      if (which == generation) {
        lost(which, why(error));
      } else if (state == State.AWAY) {
        problem = why(error);
      }
    } finally {
      lock.unlock();
    }
  }

  private static String why(Throwable error) {
    return String.valueOf(error.getMessage());
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
      PublishingConnection old = connection;
      connection = null;
      if (old != null) {
        old.abandon();
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
    PublishingConnection current = connection;
    if (current == null) {
      return;
    }
    int mine = generation;
    OutgoingMessage message = encode.apply(pending.value());
    listener.handed(pending.value(), System.nanoTime());
    current.publish(message, error -> answered(mine, pending, error));
  }

  private void answered(int which, Pending<T> pending, @Nullable Throwable error) {
    switch (PublishAnswer.of(error)) {
      case CONFIRMED -> settle(() -> unconfirmed.confirm(pending));
      case REFUSED, REFUSED_FOR_NOW ->
          settle(
              () -> {
                unconfirmed.refuse(pending);
                problem = error == null ? null : why(error);
              });
      case CONNECTION_LOST -> lost(which, error == null ? "" : why(error));
    }
  }

  private void settle(Runnable answer) {
    lock.lock();
    try {
      answer.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
    PublishingConnection last;
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
