package io.motorwatch.sink.influx;

import io.motorwatch.sink.BackPressure;
import io.motorwatch.sink.TaskTimers;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * One subtask's writer. Everything happens on the task thread, through its mailbox, but the
 * requests: those block threads of the writer's own. A checkpoint never waits for the database; it
 * takes along what the database has not acknowledged.
 */
final class InfluxWriter<T> implements StatefulSinkWriter<T, LineBatch> {

  private final PointSerializer<T> serializer;
  private final long flushMillis;
  private final MailboxExecutor mailbox;
  private final TaskTimers timers;
  private final BackPressure backPressure;
  private final InfluxEndpoint endpoint;
  private final ExecutorService threads;
  private final DeliveryScheduler delivery;
  private final LineEncoder encoder;
  private boolean flushArmed;

  InfluxWriter(
      InfluxSink<T> sink,
      InfluxEndpoint endpoint,
      WriterInitContext context,
      Collection<LineBatch> restored) {
    this.serializer = sink.serializer();
    this.flushMillis = sink.options().flushInterval().toMillis();
    this.mailbox = context.getMailboxExecutor();
    this.timers = new TaskTimers(context.getProcessingTimeService());
    this.backPressure = new BackPressure(mailbox, timers);
    this.endpoint = endpoint;
    this.threads =
        Executors.newFixedThreadPool(
            sink.options().maxInFlight(), new ExecutorThreadFactory("influx-request"));
    InfluxSinkMetrics metrics = new InfluxSinkMetrics(context.metricGroup(), serializer.tiers());
    this.delivery =
        new DeliveryScheduler(
            sink.options(), new PooledRequests(), metrics, sink.connection().address());
    this.encoder = delivery.encoder();
    context.metricGroup().gauge(InfluxSinkMetrics.IN_FLIGHT, delivery::inFlight);
    context.metricGroup().gauge(InfluxSinkMetrics.UNACKNOWLEDGED, delivery::unacknowledged);
    restored.forEach(delivery::restore);
    // By mail, since the task is not yet fit to take answers.
    mailbox.execute(delivery::pump, "write restored points");
  }

  @Override
  public void write(T value, Context context) throws InterruptedException {
    // Before the value is encoded: answers may come meanwhile, and add lines of their own.
    backPressure.await(delivery::capacity);
    try {
      serializer.serialize(value, encoder);
    } catch (RuntimeException e) {
      encoder.abandon();
      throw e;
    }
    encoder.endValue();
    armFlush();
  }

  private void armFlush() {
    if (!flushArmed && delivery.unacknowledged() > 0) {
      flushArmed = true;
      timers.after(flushMillis, at -> onFlushTimer());
    }
  }

  private void onFlushTimer() {
    flushArmed = false;
    delivery.flushIdle();
    armFlush();
  }

  /** Before a checkpoint there is nothing to do; at the end of input waits for the last answer. */
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    if (endOfInput) {
      delivery.flushIdle();
      while (delivery.unacknowledged() > 0) {
        mailbox.yield();
        delivery.flushIdle();
      }
    }
  }

  @Override
  public List<LineBatch> snapshotState(long checkpointId) {
    return delivery.state();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    endpoint.close();
  }

  /** Requests on the writer's threads; answers and timers come by the mailbox. */
  private final class PooledRequests implements DeliveryScheduler.Requests {

    @Override
    public void start(DestinationQueue queue, LineBatch lines) {
      threads.execute(() -> request(queue, lines));
    }

    private void request(DestinationQueue queue, LineBatch lines) {
      long start = System.nanoTime();
      try {
        WriteResponse response = endpoint.write(lines);
        long nanos = System.nanoTime() - start;
        report(() -> delivery.answered(queue, response, nanos));
      } catch (RuntimeException | Error e) {
        report(
            () -> {
              throw new IOException("a request to InfluxDB failed in an unforeseen way", e);
            });
      }
    }

    private void report(ThrowingRunnable<? extends Exception> mail) {
      try {
        mailbox.execute(mail, "InfluxDB's answer");
      } catch (RejectedExecutionException e) {
        // The task is gone, and its successor has these lines in its state.
        return;
      }
    }

    @Override
    public void wakeUpIn(long millis) {
      timers.after(millis, at -> delivery.pump());
    }

    @Override
    public long now() {
      return timers.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }
  }
}
