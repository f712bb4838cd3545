package io.motorwatch.sink.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import io.motorwatch.sink.BackPressure;
import io.motorwatch.sink.Backoff;
import io.motorwatch.sink.LogLimit;
import io.motorwatch.sink.Room;
import io.motorwatch.sink.TaskTimers;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * One subtask's writer: everything but the network happens on the task thread. Messages keep their
 * numbers for life, so that a confirmation counts whichever connection brings it.
 */
final class MqttWriter<T> implements StatefulSinkWriter<T, OutgoingMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(MqttWriter.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final int GOODBYE_SECONDS = 1;

  private final MqttSink<T> sink;
  private final String clientId;
  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private final BackPressure backPressure;
  private final MqttSinkMetrics metrics;
  private final VersionChoice versions;
  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new Random());
  private final LogLimit log = new LogLimit(Duration.ofSeconds(10));
  private final Map<Long, OutgoingMessage> unconfirmed = new LinkedHashMap<>();
  private long nextNumber;
  private int generation;
  private @Nullable BrokerConnection connection;
  private boolean connected;
  private final Suspect suspect = new Suspect();

  /** Also read where the client reports, so that no connection outlives us. */
  private volatile boolean closed;

  MqttWriter(MqttSink<T> sink, WriterInitContext context, Collection<OutgoingMessage> restored) {
    this.sink = sink;
    this.clientId = sink.clientId(context.getTaskInfo().getIndexOfThisSubtask());
    this.versions = new VersionChoice(sink.mqttVersion());
    this.mailbox = context.getMailboxExecutor();
    this.timers = new TaskTimers(context.getProcessingTimeService());
    this.backPressure = new BackPressure(mailbox, timers);
    this.metrics = new MqttSinkMetrics(context.metricGroup());
    context.metricGroup().gauge(MqttSinkMetrics.UNCONFIRMED, unconfirmed::size);
    restored.forEach(message -> unconfirmed.put(nextNumber++, message));
    mailbox.execute(this::connect, "connect to the broker");
  }

  @Override
  public void write(T value, Context context) throws InterruptedException {
    backPressure.await(this::room);
    sink.serializer().serialize(value, this::take);
  }

  private Room room() {
    if (unconfirmed.size() < sink.maxUnconfirmed()) {
      return Room.FREE;
    }
    // A broker that is there will confirm soon; one that is away may take long.
    return connected || unconfirmed.size() >= 2L * sink.maxUnconfirmed() ? Room.NONE : Room.SCARCE;
  }

  private void take(OutgoingMessage message) {
    long number = nextNumber++;
    unconfirmed.put(number, message);
    if (connected && !suspect.isAlone()) {
      publish(number, message);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    int mine = ++generation;
    try {
      BrokerConnection attempt =
          versions.connection(
              sink.broker(), clientId, () -> report(() -> lost(mine, "connection lost")));
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
      connected(which);
      return;
    }
    versions.failed(error);
    lost(which, String.valueOf(error.getMessage()));
  }

  private void connected(int which) {
    if (which != generation || closed) {
      return;
    }
    if (backoff.failing()) {
      LOG.info("connected to {} again, {} messages waiting", sink.broker(), unconfirmed.size());
    }
    backoff.succeeded();
    connected = true;
    if (suspect.isAlone()) {
      Map.Entry<Long, OutgoingMessage> first = unconfirmed.entrySet().iterator().next();
      publish(first.getKey(), first.getValue());
    } else {
      unconfirmed.forEach(this::publish);
    }
  }

  /** The client reports an end twice at times (the attempt's and the listener's): once counts. */
  private void lost(int which, String why) {
    if (which != generation || closed) {
      return;
    }
    generation++;
    if (connected && !unconfirmed.isEmpty() && suspect.connectionEnded()) {
      refused(
          unconfirmed.keySet().iterator().next(),
          "it ends the connection whenever this message comes");
    }
    connected = false;
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
          unconfirmed.size(),
          delay);
    }
    timers.after(delay, at -> connect());
  }

  private void publish(long number, OutgoingMessage message) {
    BrokerConnection current = connection;
    if (current == null) {
      return;
    }
    int which = generation;
    current.publish(message, error -> report(() -> published(which, number, error)));
  }

  private void published(int which, long number, @Nullable Throwable error) {
    if (error == null) {
      if (unconfirmed.remove(number) != null) {
        metrics.published.inc();
      }
      answered();
    } else if (isRefusal(error)) {
      refused(number, String.valueOf(error.getMessage()));
      answered();
    } else {
      // It stays, and goes out with the next connection.
      lost(which, String.valueOf(error.getMessage()));
    }
  }

  /** The broker has dealt with a message: those held back behind it may follow. */
  private void answered() {
    boolean heldBack = suspect.isAlone();
    suspect.acquit();
    if (heldBack && connected) {
      unconfirmed.forEach(this::publish);
    }
  }

  private void refused(long number, String why) {
    OutgoingMessage message = unconfirmed.remove(number);
    if (message != null) {
      metrics.refused.inc();
      LOG.warn("{} refuses a message to {}: {}", sink.broker(), message.topic(), why);
    }
  }

  /** A judgement on the message itself, which the next connection would only repeat. */
  private static boolean isRefusal(Throwable error) {
    return error instanceof Mqtt5PubAckException
        || error instanceof Mqtt5PubRecException
        || error instanceof MqttEncodeException
        || error instanceof IllegalArgumentException;
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
    while (endOfInput && !unconfirmed.isEmpty()) {
      mailbox.yield();
    }
  }

  @Override
  public List<OutgoingMessage> snapshotState(long checkpointId) {
    return List.copyOf(unconfirmed.values());
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
