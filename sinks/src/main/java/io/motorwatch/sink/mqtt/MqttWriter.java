package io.motorwatch.sink.mqtt;

import io.motorwatch.mqtt.VersionChoice;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.mqtt.publish.PublishAnswer;
import io.motorwatch.sink.BackPressure;
import io.motorwatch.sink.BackPressureLevel;
import io.motorwatch.sink.LogRateLimiter;
import io.motorwatch.sink.TaskTimers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subtask's writer: what to publish when, and what the broker's answers mean for it. Everything
 * but the network happens on the task thread.
 */
final class MqttWriter<T>
    implements StatefulSinkWriter<T, TopicBacklog>, ReconnectingPublisher.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(MqttWriter.class);
  private static final long LOOK_FOR_RESUMED_MS = 50;

  private final MqttSink<T> sink;
  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private final BackPressure backPressure;
  private final MqttSinkMetrics metrics;
  private final LogRateLimiter log = new LogRateLimiter(Duration.ofSeconds(10));
  private final Outbox outbox;
  private final PoisonMessageDetector poison = new PoisonMessageDetector();
  private final ReconnectingPublisher publisher;
  private boolean looking;

  private MqttWriter(
      MqttSink<T> sink, WriterInitContext context, Collection<TopicBacklog> restored) {
    Random random = new Random();
    this.sink = sink;
    this.mailbox = context.getMailboxExecutor();
    this.timers = new TaskTimers(context.getProcessingTimeService());
    this.backPressure = new BackPressure(mailbox, timers);
    this.metrics = new MqttSinkMetrics(context.metricGroup());
    this.outbox = new Outbox(restored, random);
    this.publisher =
        new ReconnectingPublisher(
            sink.broker(),
            new VersionChoice(sink.mqttVersion()),
            sink.clientId(context.getTaskInfo().getIndexOfThisSubtask()),
            mailbox,
            timers,
            random,
            this);
    context.metricGroup().gauge(MqttSinkMetrics.UNCONFIRMED, outbox::size);
  }

  /** A writer that connects as soon as the task runs. */
  static <T> MqttWriter<T> open(
      MqttSink<T> sink, WriterInitContext context, Collection<TopicBacklog> restored) {
    MqttWriter<T> writer = new MqttWriter<>(sink, context, restored);
    writer.mailbox.execute(writer.publisher::connect, "connect to the broker");
    return writer;
  }

  @Override
  public void write(T value, Context context) throws InterruptedException {
    backPressure.await(this::capacity);
    sink.serializer().serialize(value, this::take);
  }

  private BackPressureLevel capacity() {
    if (outbox.size() < sink.maxUnconfirmed()) {
      return BackPressureLevel.FREE;
    }
    // A broker that is there will confirm soon; one that is away, or refuses for now, may take
    // long.
    boolean soon = publisher.connected() && !outbox.pausing();
    return soon || outbox.size() >= 2L * sink.maxUnconfirmed()
        ? BackPressureLevel.NONE
        : BackPressureLevel.SCARCE;
  }

  private void take(OutgoingMessage message) {
    long number = outbox.add(message);
    if (poison.limited()) {
      publishDue();
    } else if (publisher.connected() && outbox.mayGo(number)) {
      publish(number);
    }
  }

  @Override
  public void connected() {
    publishDue();
  }

  @Override
  public void lost(boolean stood) {
    Long first = stood ? outbox.firstUnderWay() : null;
    if (first != null && poison.connectionEnded()) {
      refused(first, "it ends the connection whenever this message comes");
    }
    outbox.connectionEnded();
    metrics.connectionFailures.inc();
  }

  @Override
  public int unconfirmed() {
    return outbox.size();
  }

  private void publishDue() {
    if (publisher.connected()) {
      outbox.due(poison.limit()).forEach(this::publish);
    }
  }

  private void publish(long number) {
    OutgoingMessage message = outbox.get(number);
    if (message == null) {
      return;
    }
    long sending = outbox.send(number);
    publisher.publish(message, (answer, why) -> answered(number, sending, answer, why));
  }

  private void answered(long number, long sending, PublishAnswer answer, String why) {
    if (outbox.counts(number, sending)) {
      switch (answer) {
        case CONFIRMED -> {
          outbox.remove(number);
          metrics.published.inc();
        }
        case REFUSED -> refused(number, why);
        case REFUSED_FOR_NOW -> refusedForNow(number, why);
        case CONNECTION_LOST -> throw new IllegalStateException("not an answer");
      }
    }
    boolean limited = poison.limited();
    poison.answered();
    if (limited) {
      // Those held back behind it may follow.
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
    publisher.close();
  }
}
