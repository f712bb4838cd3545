package io.motorwatch.source.mqtt.metrics;

import io.motorwatch.mqtt.ConnectProblem;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * One reader's metrics. The counters' methods may be called on any thread. Besides these the reader
 * reports Flink's standard {@code numRecordsIn}, {@code numBytesIn} and {@code pendingRecords}.
 */
public final class MqttSourceMetrics {

  /** All metrics of ours are in this group. */
  public static final String GROUP = "mqtt";

  /** Gauge: 1 while every session of the reader is connected, else 0. */
  public static final String CONNECTED = "connected";

  /** Gauge: sessions of the reader that are connected and subscribed. */
  public static final String SUBSCRIBED_SESSIONS = "subscribedSessions";

  /** Gauge: sessions of the reader that the configuration no longer has and that still last. */
  public static final String DRAINING_SESSIONS = "drainingSessions";

  /** Gauge: messages received and not acknowledged yet, on the connections of now. */
  public static final String UNACKED_MESSAGES = "unackedMessages";

  /** Gauge, 0 to 1: the fullest session's unacknowledged messages by its Receive Maximum. */
  public static final String WINDOW_UTILIZATION = "windowUtilization";

  /** Counter: connections made after the first. */
  public static final String RECONNECTS = "reconnects";

  /** Counter: the broker had forgotten a session it should have held. */
  public static final String SESSION_LOST = "sessionLost";

  /**
   * Counters: attempts to connect that failed and connections that ended, one for each {@link
   * ConnectProblem.Kind}, which is their label {@value #KIND}.
   */
  public static final String PROBLEMS = "problems";

  private static final String KIND = "kind";

  /** Counter: acknowledgements not sent since their connection had ended; redelivered. */
  public static final String STALE_ACKS_DROPPED = "staleAcksDropped";

  /** Gauge, milliseconds since the arrival of the oldest unacknowledged message; 0 if none. */
  public static final String OLDEST_UNACKED_AGE = "oldestUnackedAge";

  /** Counter: messages of QoS 0 dropped because the job could not keep up. */
  public static final String QOS0_DROPPED = "qos0Dropped";

  /** Counter: messages that came again though the job had them already; only acknowledged. */
  public static final String REPEATS_DROPPED = "repeatsDropped";

  /** Gauge: bytes of the reader's journals on disk. */
  public static final String JOURNAL_BYTES = "journalBytes";

  /** Histogram, milliseconds: writing a group of messages durably into a journal. */
  public static final String JOURNAL_FLUSH_MILLIS = "journalFlushMillis";

  /** Gauge, milliseconds since the oldest file of a journal was begun; 0 if there is none. */
  public static final String JOURNAL_OLDEST_AGE = "journalOldestAge";

  /** Counter: messages read from journals at a start. */
  public static final String JOURNAL_REPLAYED = "journalReplayed";

  /** Counter: acknowledged messages that were missing or damaged in a journal: they are lost. */
  public static final String JOURNAL_LOST = "journalLost";

  private static final int FLUSH_WINDOW = 1000;

  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicInteger draining = new AtomicInteger();
  private final Counter bytes;
  private final SharedCounter reconnects;
  private final SharedCounter sessionLost;
  private final Map<ConnectProblem.Kind, SharedCounter> problems =
      new EnumMap<>(ConnectProblem.Kind.class);
  private final SharedCounter staleAcksDropped;
  private final SharedCounter qos0Dropped;
  private final SharedCounter repeatsDropped;
  private final SharedCounter journalReplayed;
  private final SharedCounter journalLost;
  private final Histogram journalFlushMillis;
  private final MetricGroup group;
  private final SourceReaderMetricGroup standard;

  public MqttSourceMetrics(SourceReaderMetricGroup standard) {
    this.standard = standard;
    this.group = standard.addGroup(GROUP);
    this.bytes = standard.getIOMetricGroup().getNumBytesInCounter();
    group.gauge(CONNECTED, (Gauge<Integer>) this::allConnected);
    group.gauge(SUBSCRIBED_SESSIONS, (Gauge<Integer>) subscribed::get);
    group.gauge(DRAINING_SESSIONS, (Gauge<Integer>) draining::get);
    this.reconnects = counter(RECONNECTS);
    this.sessionLost = counter(SESSION_LOST);
    this.staleAcksDropped = counter(STALE_ACKS_DROPPED);
    this.qos0Dropped = counter(QOS0_DROPPED);
    this.repeatsDropped = counter(REPEATS_DROPPED);
    this.journalReplayed = counter(JOURNAL_REPLAYED);
    this.journalLost = counter(JOURNAL_LOST);
    this.journalFlushMillis =
        group.histogram(JOURNAL_FLUSH_MILLIS, new DescriptiveStatisticsHistogram(FLUSH_WINDOW));
    for (ConnectProblem.Kind kind : ConnectProblem.Kind.values()) {
      SharedCounter counter = new SharedCounter();
      group.addGroup(KIND, kind.name()).counter(PROBLEMS, counter);
      problems.put(kind, counter);
    }
  }

  private SharedCounter counter(String name) {
    SharedCounter counter = new SharedCounter();
    group.counter(name, counter);
    return counter;
  }

  private int allConnected() {
    return sessions.get() > 0 && connected.get() == sessions.get() ? 1 : 0;
  }

  /** Registers the gauges over the reader's own structures. */
  public void observe(
      LongSupplier pending, LongSupplier unacked, Gauge<Double> utilization, LongSupplier age) {
    standard.setPendingRecordsGauge(pending::getAsLong);
    group.gauge(UNACKED_MESSAGES, (Gauge<Long>) unacked::getAsLong);
    group.gauge(WINDOW_UTILIZATION, utilization);
    group.gauge(OLDEST_UNACKED_AGE, (Gauge<Long>) age::getAsLong);
  }

  /** Registers the gauges over the reader's journals. */
  public void observeJournals(LongSupplier bytes, LongSupplier oldestAge) {
    group.gauge(JOURNAL_BYTES, (Gauge<Long>) bytes::getAsLong);
    group.gauge(JOURNAL_OLDEST_AGE, (Gauge<Long>) oldestAge::getAsLong);
  }

  /** Any thread: each session's journal is written by one of its own. */
  public synchronized void journalFlushed(long millis) {
    journalFlushMillis.update(millis);
  }

  public void journalReplayed() {
    journalReplayed.inc();
  }

  public void journalLost(long messages) {
    journalLost.inc(messages);
  }

  public void sessionAdded() {
    sessions.incrementAndGet();
  }

  /** It is drained and ended. */
  public void sessionEnded() {
    sessions.decrementAndGet();
    draining.decrementAndGet();
  }

  public void drainingStarted() {
    draining.incrementAndGet();
  }

  public void connected() {
    connected.incrementAndGet();
  }

  public void disconnected(boolean wasSubscribed) {
    connected.decrementAndGet();
    if (wasSubscribed) {
      subscribed.decrementAndGet();
    }
  }

  public void subscribed() {
    subscribed.incrementAndGet();
  }

  /** Only on the task's thread. */
  public void bytesRead(int count) {
    bytes.inc(count);
  }

  public void reconnected() {
    reconnects.inc();
  }

  public void sessionLost() {
    sessionLost.inc();
  }

  public void problem(ConnectProblem.Kind kind) {
    problems.get(kind).inc();
  }

  public void staleAckDropped() {
    staleAcksDropped.inc();
  }

  public void repeatDropped() {
    repeatsDropped.inc();
  }

  public void qos0Dropped() {
    qos0Dropped.inc();
  }

  /** Flink's own counters are for one thread. */
  private static final class SharedCounter implements Counter {

    private final AtomicLong count = new AtomicLong();

    @Override
    public void inc() {
      count.incrementAndGet();
    }

    @Override
    public void inc(long n) {
      count.addAndGet(n);
    }

    @Override
    public void dec() {
      count.decrementAndGet();
    }

    @Override
    public void dec(long n) {
      count.addAndGet(-n);
    }

    @Override
    public long getCount() {
      return count.get();
    }
  }
}
