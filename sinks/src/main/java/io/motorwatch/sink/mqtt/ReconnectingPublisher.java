package io.motorwatch.sink.mqtt;

import io.motorwatch.model.connection.Backoff;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.mqtt.publish.ConnectFailure;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.mqtt.publish.PublishingConnection;
import io.motorwatch.sink.LogRateLimiter;
import io.motorwatch.sink.TaskTimers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes by one {@link PublishingConnection} after the other, with pauses between failed
 * attempts. Repeats no message: that is the writer's part. For the task thread; what the client
 * reports on its own comes by the mailbox.
 */
final class ReconnectingPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(ReconnectingPublisher.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final int GOODBYE_SECONDS = 1;

  /** Takes what happens to the connection, on the task thread. */
  interface Listener {

    void connected();

    /**
     * The connection, or an attempt at one, ended.
     *
     * @param stood whether it was a connection
     */
    void lost(boolean stood);

    /** Messages that wait for a confirmation, for the log. */
    int unconfirmed();
  }

  /** Takes the answer to a message, on the task thread; not called when the connection ends. */
  interface AnswerHandler {

    /**
     * The broker answered.
     *
     * @param why the client's words where it refused, else empty
     */
    void answered(PublishAnswer answer, String why);
  }

  private final BrokerAddress broker;
  private final String clientId;
  private final VersionChoice versions;
  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private final Backoff backoff;
  private final LogRateLimiter log = new LogRateLimiter(Duration.ofSeconds(10));
  private final Listener listener;
  private int generation;
  private @Nullable PublishingConnection connection;
  private boolean connected;

  /** Also read where the client reports, so that no connection outlives us. */
  private volatile boolean closed;

  ReconnectingPublisher(
      BrokerAddress broker,
      VersionChoice versions,
      String clientId,
      MailboxExecutor mailbox,
      TaskTimers timers,
      RandomGenerator random,
      Listener listener) {
    this.broker = broker;
    this.versions = versions;
    this.clientId = clientId;
    this.mailbox = mailbox;
    this.timers = timers;
    this.backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, random);
    this.listener = listener;
  }

  boolean connected() {
    return connected;
  }

  void connect() {
    if (closed) {
      return;
    }
    int mine = ++generation;
    try {
      PublishingConnection attempt =
          PublishingConnection.of(
              broker,
              versions.version(),
              clientId,
              () -> report(() -> lost(mine, "connection lost")));
      connection = attempt;
      attempt.connect(
          error -> {
            if (error == null && closed) {
              attempt.abandon();
            }
            report(() -> attempted(mine, error));
          });
    } catch (IOException e) {
      lost(mine, String.valueOf(e.getMessage()));
    }
  }

  private void attempted(int which, @Nullable Throwable error) {
    if (error == null) {
      if (versions.accepted()) {
        LOG.info("{} does not take MQTT 5: messages are published by MQTT 3.1.1", broker);
      }
      connected(which);
      return;
    }
    // Another version is tried with the next attempt, which follows soon anyway.
    boolean unused = versions.failed(ConnectFailure.of(error));
    lost(which, String.valueOf(error.getMessage()));
  }

  private void connected(int which) {
    if (which != generation || closed) {
      return;
    }
    if (backoff.failing()) {
      LOG.info("connected to {} again, {} messages waiting", broker, listener.unconfirmed());
    }
    backoff.succeeded();
    connected = true;
    listener.connected();
  }

  /** The client reports an end twice at times (the attempt's and the listener's): once counts. */
  private void lost(int which, String why) {
    if (which != generation || closed) {
      return;
    }
    generation++;
    boolean stood = connected;
    connected = false;
    listener.lost(stood);
    if (connection != null) {
      connection.abandon();
      connection = null;
    }
    long delay = backoff.failed(null);
    if (log.permits()) {
      LOG.warn(
          "no connection to {} ({}); {} messages waiting, next try in {} ms",
          broker,
          why,
          listener.unconfirmed(),
          delay);
    }
    timers.after(delay, at -> connect());
  }

  /** Sends a message by the present connection; while there is none nothing happens. */
  void publish(OutgoingMessage message, AnswerHandler answered) {
    PublishingConnection current = connection;
    if (current == null) {
      return;
    }
    int which = generation;
    current.publish(message, error -> report(() -> published(which, error, answered)));
  }

  private void published(int which, @Nullable Throwable error, AnswerHandler answered) {
    PublishAnswer answer = PublishAnswer.of(error);
    String why = error == null ? "" : String.valueOf(error.getMessage());
    if (answer == PublishAnswer.CONNECTION_LOST) {
      // The message stays with the writer, and goes out with the next connection.
      lost(which, why);
    } else {
      answered.answered(answer, why);
    }
  }

  private void report(ThrowingRunnable<? extends Exception> mail) {
    try {
      mailbox.execute(mail, "MQTT event");
    } catch (RejectedExecutionException e) {
      // The task is gone, and its successor has the unconfirmed messages in its state.
      return;
    }
  }

  /** Disconnects for good; waits a second at most for the goodbye. */
  void close() {
    closed = true;
    if (connection != null) {
      try {
        connection.disconnect().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("no goodbye to {}", broker, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
