package io.motorwatch.sink.influx;

import io.motorwatch.model.connection.Backoff;
import io.motorwatch.sink.BackPressureLevel;
import io.motorwatch.sink.LogRateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings lines to the database, whatever it answers: queues by destination, decides what to send
 * when, and what each answer means for its lines. Task thread only; the requests themselves run
 * elsewhere.
 */
final class DeliveryScheduler {

  /** Sends lines elsewhere and reports back on the task thread, by {@link #answered}. */
  interface Requests {
    void start(DestinationQueue queue, LineBatch lines);

    /** Has {@link #pump} called after a while. */
    void wakeUpIn(long millis);

    /** Wall clock, epoch milliseconds: when a point was refused. */
    long now();

    /** For waiting: goes on evenly when the wall clock is set, as {@link System#nanoTime} does. */
    long nanoTime();
  }

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryScheduler.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration LOG_PERIOD = Duration.ofSeconds(10);

  /** A request this old says the database hangs, though it has not failed. */
  private static final long HANGING_NANOS = Duration.ofSeconds(1).toNanos();

  private final InfluxSinkOptions options;
  private final Requests requests;
  private final InfluxSinkMetrics metrics;
  private final String address;
  private final DeadLetters deadLetters;
  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new Random());
  private final LogRateLimiter log = new LogRateLimiter(LOG_PERIOD);
  private final Map<Destination, DestinationQueue> byDestination = new HashMap<>();

  /** All queues; who was just served goes to the end. */
  private final Deque<DestinationQueue> turns = new ArrayDeque<>();

  private int inFlight;
  private long unacknowledged;
  private long unacknowledgedBytes;
  private long pausedUntil;
  private long lastAnswer = System.nanoTime();

  DeliveryScheduler(
      InfluxSinkOptions options, Requests requests, InfluxSinkMetrics metrics, String address) {
    this.options = options;
    this.requests = requests;
    this.pausedUntil = requests.nanoTime();
    this.metrics = metrics;
    this.address = address;
    this.deadLetters = new DeadLetters(this, metrics);
  }

  int inFlight() {
    return inFlight;
  }

  long unacknowledged() {
    return unacknowledged;
  }

  /** An encoder whose lines come here. */
  LineEncoder encoder() {
    return new LineEncoder(
        new LineEncoder.Target() {
          @Override
          public void line(Destination destination, byte[] buffer, int length) {
            add(destination, buffer, length);
          }

          @Override
          public void beyondRetention() {
            metrics.dropped(InfluxSinkMetrics.Drop.BEYOND_RETENTION, 1);
          }
        });
  }

  void add(Destination destination, byte[] line, int length) {
    DestinationQueue queue = queue(destination);
    LineBatchBuilder open = queue.open();
    if (!open.isEmpty() && open.byteCount() + length + 1 > options.batchBytes()) {
      queue.seal();
    }
    open.add(line, length);
    unacknowledged++;
    unacknowledgedBytes += length + 1L;
    if (open.count() >= options.batchSize() || open.byteCount() >= options.batchBytes()) {
      queue.seal();
    }
    if (queue.sendable()) {
      pump();
    }
  }

  /** Takes lines of a writer before us; they go before any new ones. */
  void restore(LineBatch lines) {
    queue(lines.destination()).addRestored(lines);
    unacknowledged += lines.count();
    unacknowledgedBytes += lines.byteCount();
  }

  private DestinationQueue queue(Destination destination) {
    DestinationQueue queue = byDestination.get(destination);
    if (queue == null) {
      queue = new DestinationQueue(destination);
      byDestination.put(destination, queue);
      turns.addLast(queue);
    }
    return queue;
  }

  /**
   * Sends what has been gathered, where nothing of that destination waits or is under way already.
   */
  void flushIdle() {
    for (DestinationQueue queue : turns) {
      if (queue.idle() && !queue.hasSealed()) {
        queue.seal();
      }
    }
    pump();
  }

  /** Sends everything that may be sent now. After a failure one request at a time tries. */
  void pump() {
    if (requests.nanoTime() - pausedUntil < 0) {
      return;
    }
    int limit = backoff.failing() ? 1 : options.maxInFlight();
    for (int i = turns.size(); i > 0 && inFlight < limit; i--) {
      DestinationQueue queue = turns.removeFirst();
      turns.addLast(queue);
      if (queue.sendable()) {
        if (inFlight++ == 0) {
          lastAnswer = System.nanoTime();
        }
        metrics.requests.inc();
        requests.start(queue, queue.startNext());
      }
    }
  }

  /** What the database said to the request that the queue had under way. */
  void answered(DestinationQueue queue, WriteResponse response, long nanos) throws IOException {
    LineBatch lines = queue.finish();
    inFlight--;
    lastAnswer = System.nanoTime();
    metrics.latency.update(nanos / 1_000_000);
    switch (ResponseClassifier.classify(response)) {
      case SUCCESS -> acknowledge(lines, 0);
      case BEYOND_RETENTION -> {
        int dropped = ResponseClassifier.droppedPoints(response, lines.count());
        metrics.dropped(InfluxSinkMetrics.Drop.BEYOND_RETENTION_SERVER, dropped);
        acknowledge(lines, dropped);
      }
      case RETRY -> retryLater(queue, lines, response);
      case TOO_LARGE, REFUSED -> narrowDown(queue, lines, response);
      case FATAL ->
          throw new IOException(
              "InfluxDB at %s refuses to write to %s (%s): %s"
                  .formatted(
                      address,
                      lines.destination().tier(),
                      response,
                      ResponseClassifier.advice(response)));
    }
    pump();
  }

  private void acknowledge(LineBatch lines, long dropped) {
    if (backoff.failing()) {
      LOG.info("InfluxDB at {} takes points again, {} waiting", address, unacknowledged);
    }
    backoff.succeeded();
    metrics.written(lines, dropped);
    forget(lines);
  }

  private void forget(LineBatch lines) {
    unacknowledged -= lines.count();
    unacknowledgedBytes -= lines.byteCount();
  }

  private void retryLater(DestinationQueue queue, LineBatch lines, WriteResponse response) {
    queue.putBack(lines);
    metrics.retries.inc();
    long delay = backoff.failed(response.retryAfter());
    long until = requests.nanoTime() + Duration.ofMillis(delay).toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
    requests.wakeUpIn(delay);
    if (log.permits()) {
      LOG.warn(
          "InfluxDB at {} does not take points ({}); {} waiting, next try in {} ms",
          address,
          response,
          unacknowledged,
          delay);
    }
  }

  /** Halves until a bad point is alone. The good ones of a refused request are written again. */
  private void narrowDown(DestinationQueue queue, LineBatch lines, WriteResponse response) {
    backoff.succeeded();
    if (lines.count() > 1) {
      metrics.splits.inc();
      queue.putBack(lines.secondHalf());
      queue.putBack(lines.firstHalf());
    } else {
      forget(lines);
      deadLetters.write(lines, response, requests.now());
    }
  }

  /**
   * While the database keeps up, as much as keeps it busy; while it does not, as much as the
   * options allow, then slowly, and at twice that not at all.
   */
  BackPressureLevel capacity() {
    if (unacknowledged < options.workingSet()
        && unacknowledgedBytes < options.maxUnacknowledgedBytes()) {
      return BackPressureLevel.FREE;
    }
    if (!stalled()) {
      return BackPressureLevel.NONE;
    }
    if (within(1)) {
      return BackPressureLevel.FREE;
    }
    return within(2) ? BackPressureLevel.SCARCE : BackPressureLevel.NONE;
  }

  private boolean within(int times) {
    return unacknowledged < (long) times * options.maxUnacknowledged()
        && unacknowledgedBytes < times * options.maxUnacknowledgedBytes();
  }

  private boolean stalled() {
    return backoff.failing() || System.nanoTime() - lastAnswer > HANGING_NANOS;
  }

  /** Everything not acknowledged. */
  List<LineBatch> state() {
    List<LineBatch> state = new ArrayList<>();
    for (DestinationQueue queue : turns) {
      queue.copyTo(state);
    }
    return state;
  }
}
