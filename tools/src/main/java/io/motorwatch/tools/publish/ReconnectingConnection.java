package io.motorwatch.tools.publish;

import io.motorwatch.model.connection.Backoff;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttVersion;
import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.mqtt.publish.ConnectFailure;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.mqtt.publish.PublishingConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an {@link OrderedPublisher}: a fresh one after each end, with growing pauses.
 * There is no thread of its own, {@link #advance} does what is due. All methods are called with the
 * publisher's lock held; what the client calls back takes it first.
 */
final class ReconnectingConnection {

  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

  private enum State {
    DISCONNECTED,
    CONNECTING,
    /** The broker has accepted us; the unconfirmed messages are not sent again yet. */
    ACCEPTED,
    CONNECTED
  }

  private final BrokerAddress broker;
  private final String clientId;
  private final ReentrantLock lock;
  private final Condition changed;
  private final VersionChoice versions = new VersionChoice(MqttVersion.AUTO);
  private final Backoff backoff =
      new Backoff(FIRST_RETRY, LONGEST_RETRY, RandomGenerator.getDefault());

  private State state = State.DISCONNECTED;
  private @Nullable PublishingConnection connection;
  private int generation;
  private long nextAttempt = System.nanoTime();
  private long accepted;
  private @Nullable String problem;

  /**
   * @param lock of the publisher
   * @param changed of that lock; signalled whenever something has happened
   */
  ReconnectingConnection(
      BrokerAddress broker, String clientId, ReentrantLock lock, Condition changed) {
    this.broker = broker;
    this.clientId = clientId;
    this.lock = lock;
    this.changed = changed;
  }

  boolean isConnected() {
    return state == State.CONNECTED;
  }

  /** Another number after each end of a connection. */
  int generation() {
    return generation;
  }

  /** How many times the broker has accepted us. */
  long accepted() {
    return accepted;
  }

  /** The newest reason for a lost connection or a refusal; null if there was none. */
  @Nullable String problem() {
    return problem;
  }

  /**
   * Does what is due, or waits for something to happen.
   *
   * @param until as of System.nanoTime
   * @return whether a new connection is up, on which all that is unconfirmed must be sent again
   */
  @SuppressWarnings("WaitNotInLoop") // All callers loop on a condition of their own.
  boolean advance(long until) throws InterruptedException {
    long now = System.nanoTime();
    if (state == State.DISCONNECTED && nextAttempt - now <= 0) {
      connect();
    } else if (state == State.ACCEPTED) {
      state = State.CONNECTED;
      return true;
    } else {
      long wake = state == State.DISCONNECTED && nextAttempt - until < 0 ? nextAttempt : until;
      long unused = changed.awaitNanos(wake - now);
    }
    return false;
  }

  private void connect() {
    int mine = ++generation;
    state = State.CONNECTING;
    try {
      PublishingConnection fresh =
          PublishingConnection.of(
              broker, versions.version(), clientId, () -> lost(mine, "connection lost"));
      connection = fresh;
      fresh.connect(error -> locked(() -> answered(mine, error)));
    } catch (IOException e) {
      lost(mine, String.valueOf(e.getMessage()));
    }
  }

  private void answered(int which, @Nullable Throwable error) {
    if (error != null) {
      attemptFailed(which, error);
    } else if (which == generation) {
      versions.accepted();
      backoff.succeeded();
      state = State.ACCEPTED;
      accepted++;
    }
  }

  private void attemptFailed(int which, Throwable error) {
    // The listener of ends may have been quicker; what it does not know is the version's part.
    if (versions.failed(ConnectFailure.of(error))) {
      backoff.succeeded();
    }
    if (which == generation) {
      lost(which, why(error));
    } else if (state == State.DISCONNECTED) {
      problem = why(error);
    }
  }

  private static String why(@Nullable Throwable error) {
    return error == null ? "" : String.valueOf(error.getMessage());
  }

  /** An end is reported several times, by the client and by each of its messages: once counts. */
  private void lost(int which, String why) {
    locked(
        () -> {
          if (which == generation) {
            problem = why;
            nextAttempt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.failed(null));
            PublishingConnection old = end();
            if (old != null) {
              old.abandon();
            }
          }
        });
  }

  /**
   * Forgets the connection, which then reports nothing any more.
   *
   * @return the connection, for the caller to disconnect; null where there is none
   */
  @Nullable PublishingConnection end() {
    generation++;
    state = State.DISCONNECTED;
    PublishingConnection last = connection;
    connection = null;
    return last;
  }

  /**
   * Publishes a message, if there is a connection.
   *
   * @param answer gets the broker's answer, confirmed or refused, with the lock held; nothing if
   *     the connection ends before
   */
  void publish(OutgoingMessage message, Consumer<PublishAnswer> answer) {
    PublishingConnection current = connection;
    if (current == null) {
      return;
    }
    int mine = generation;
    current.publish(
        message,
        error -> {
          PublishAnswer answered = PublishAnswer.of(error);
          if (answered == PublishAnswer.CONNECTION_LOST) {
            lost(mine, why(error));
          } else {
            locked(
                () -> {
                  if (answered != PublishAnswer.CONFIRMED) {
                    problem = why(error);
                  }
                  answer.accept(answered);
                });
          }
        });
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
