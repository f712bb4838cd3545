package io.motorwatch.sink.mqtt;

import io.motorwatch.model.connection.Backoff;
import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.mqtt.publish.ConnectFailure;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.mqtt.publish.PublishingConnection;
import io.motorwatch.sink.BackPressure;
import io.motorwatch.sink.LogLimit;
import io.motorwatch.sink.Room;
import io.motorwatch.sink.TaskTimers;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subtask's writer: everything but the network happens on the task thread. */
final class MqttWriter<T> implements StatefulSinkWriter<T, TopicBacklog> {

  private static final Logger LOG = LoggerFactory.getLogger(MqttWriter.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final long LOOK_FOR_RESUMED_MS = 50;
  private static final int GOODBYE_SECONDS = 1;

  private final MqttSink<T> sink;
  private final String clientId;
  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private final BackPressure backPressure;
  private final MqttSinkMetrics metrics;
  private final VersionChoice versions;
  private final Random random = new Random();
  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, random);
  private final LogLimit log = new LogLimit(Duration.ofSeconds(10));
  private final Outbox outbox;
  private boolean looking;
  private int generation;
  private @Nullable PublishingConnection connection;
  private boolean connected;
  private final Suspect suspect = new Suspect();

  /** Also read where the client reports, so that no connection outlives us. */
  private volatile boolean closed;

  MqttWriter(MqttSink<T> sink, WriterInitContext context, Collection<TopicBacklog> restored) {
    this.sink = sink;
    this.clientId = sink.clientId(context.getTaskInfo().getIndexOfThisSubtask());
    this.versions = new VersionChoice(sink.mqttVersion());
    this.mailbox = context.getMailboxExecutor();
    this.timers = new TaskTimers(context.getProcessingTimeService());
    this.backPressure = new BackPressure(mailbox, timers);
    this.metrics = new MqttSinkMetrics(context.metricGroup());
    this.outbox = new Outbox(restored, random);
    context.metricGroup().gauge(MqttSinkMetrics.UNCONFIRMED, outbox::size);
    mailbox.execute(this::connect, "connect to the broker");
  }

  @Override
  public void write(T value, Context context) throws InterruptedException {
    backPressure.await(this::room);
    sink.serializer().serialize(value, this::take);
  }

  private Room room() {
    if (outbox.size() < sink.maxUnconfirmed()) {
      return Room.FREE;
    }
    // A broker that is there will confirm soon; one that is away, or has no room, may take long.
    boolean soon = connected && !outbox.pausing();
    return soon || outbox.size() >= 2L * sink.maxUnconfirmed() ? Room.NONE : Room.SCARCE;
  }

  private void take(OutgoingMessage message) {
    long number = outbox.add(message);
    if (suspect.limited()) {
      publishDue();
    } else if (connected && outbox.mayGo(number)) {
      publish(number);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    int mine = ++generation;
    try {
      PublishingConnection attempt =
          PublishingConnection.of(
              sink.broker(),
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
        LOG.info("{} does not take MQTT 5: messages are published by MQTT 3.1.1", sink.broker());
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
      LOG.info("connected to {} again, {} messages waiting", sink.broker(), outbox.size());
    }
    backoff.succeeded();
    connected = true;
    publishDue();
  }

  /** The client reports an end twice at times (the attempt's and the listener's): once counts. */
  private void lost(int which, String why) {
    if (which != generation || closed) {
      return;
    }
    generation++;
    Long first = connected ? outbox.firstUnderWay() : null;
    if (first != null && suspect.connectionEnded()) {
      refused(first, "it ends the connection whenever this message comes");
    }
    connected = false;
    outbox.connectionEnded();
    if (connection != null) {
      connection.abandon();
      connection = null;
    }
    metrics.connectionFailures.inc();
    long delay = backoff.failed(null);
    if (log.permits()) {
      LOG.warn(
          "no connection to {} ({}); {} messages waiting, next try in {} ms",
          sink.broker(),
          why,
          outbox.size(),
          delay);
    }
    timers.after(delay, at -> connect());
  }

  private void publishDue() {
    if (connected) {
      outbox.due(suspect.limit()).forEach(this::publish);
    }
  }

  private void publish(long number) {
    PublishingConnection current = connection;
    OutgoingMessage message = outbox.get(number);
    if (current == null || message == null) {
      return;
    }
    int which = generation;
    long sending = outbox.send(number);
    current.publish(message, error -> report(() -> published(which, number, sending, error)));
  }

  private void published(int which, long number, long sending, @Nullable Throwable error) {
    PublishAnswer answer = PublishAnswer.of(error);
    if (answer == PublishAnswer.CONNECTION_LOST) {
      // It stays, and goes out with the next connection.
      lost(which, why(error));
      return;
    }
    if (outbox.counts(number, sending)) {
      switch (answer) {
        case CONFIRMED -> {
          outbox.remove(number);
          metrics.published.inc();
        }
        case REFUSED -> refused(number, why(error));
        case REFUSED_FOR_NOW -> refusedForNow(number, why(error));
        case CONNECTION_LOST -> throw new IllegalStateException("dealt with above");
      }
    }
    answered();
  }

  private static String why(@Nullable Throwable error) {
    return error == null ? "" : String.valueOf(error.getMessage());
  }

  /** The broker has dealt with a message: those held back behind it may follow. */
  private void answered() {
    boolean limited = suspect.limited();
    suspect.acquit();
    if (limited) {
      publishDue();
    }
  }

  private void refused(long number, String why) {
    OutgoingMessage message = outbox.remove(number);
    if (message != null) {
      metrics.refused.inc();
      LOG.warn("{} refuses a message to {}: {}", sink.broker(), message.topic(), why);
    }
  }

  private void refusedForNow(long number, String why) {
    OutgoingMessage message = outbox.get(number);
    if (message == null) {
      return;
    }
    long delay = outbox.pause(message.topic(), timers.now());
    if (log.permits()) {
      LOG.warn(
          "{} does not take a message to {} for now ({}): check its quotas and its log; {} messages waiting, next try in {} ms",
          sink.broker(),
          message.topic(),
          why,
          outbox.size(),
          delay);
    }
    lookForResumed();
  }

  private void lookForResumed() {
    if (!looking) {
      looking = true;
      timers.after(LOOK_FOR_RESUMED_MS, at -> resume());
    }
  }

  private void resume() {
    looking = false;
    if (outbox.resume(timers.now())) {
      publishDue();
    }
    if (outbox.pausing()) {
      lookForResumed();
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

  /** Before a checkpoint there is nothing to do; at the end of input waits for the last answer. */
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    while (endOfInput && outbox.size() > 0) {
      mailbox.yield();
    }
  }

  @Override
  public List<TopicBacklog> snapshotState(long checkpointId) {
    return outbox.backlogs();
  }

  @Override
  public void close() {
    closed = true;
    if (connection != null) {
      try {
        connection.disconnect().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("no goodbye to {}", sink.broker(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
