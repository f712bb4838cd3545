package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.journal.JournalThread;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of a reader's sessions. Sessions are added on the fetcher's thread, gauges are for
 * any; all else is for the task's thread.
 */
final class Journals implements AckStage, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

  /** How often the disks are looked after, and the broker asked what it got of acknowledgements. */
  private static final long WATCH_NANOS = Duration.ofSeconds(1).toNanos();

  private final AckMode mode;
  private final @Nullable JournalAccess access;
  private final MessageHandover handover;
  private final MqttSourceMetrics metrics;
  private final ConfirmedAcks confirmedAcks;
  private final JournalThread watcher;
  private final Map<String, SessionJournalLife> sessions = new ConcurrentHashMap<>();

  private final HoldingSessions holding;

  // Of the watcher's thread.
  private long askedAt = System.nanoTime();

  Journals(
      AckOptions options,
      MessageHandover handover,
      MqttSourceMetrics metrics,
      ConfirmedAcks confirmedAcks) {
    this(
        options.mode(),
        JournalAccess.of(options.journal()),
        options.timedByArrival(),
        handover,
        metrics,
        confirmedAcks);
  }

  /**
   * @param access null where nobody knows where journals are
   */
  Journals(
      AckMode mode,
      @Nullable JournalAccess access,
      List<String> timedByArrival,
      MessageHandover handover,
      MqttSourceMetrics metrics,
      ConfirmedAcks confirmedAcks) {
    this.mode = mode;
    this.access = access;
    this.holding =
        new HoldingSessions(timedByArrival, state -> written(state.split().splitId()).passable());
    this.handover = handover;
    this.metrics = metrics;
    this.confirmedAcks = confirmedAcks;
    this.watcher =
        new JournalThread("mqtt-journal-watch", watching(), problem -> fail(handover, problem));
  }

  static void fail(MessageHandover handover, Throwable problem) {
    handover.fail(new IOException("the journals: " + problem, problem));
  }

  /** Where a session's messages have to wait; to be called once for each. */
  SessionGate gate(MqttSessionSplit split) {
    SessionJournalLife session;
    if (mode == AckMode.JOURNAL && access != null) {
      session =
          new WrittenJournal(
              split, access, handover, watcher, metrics, confirmedAcks::sent, holding::flushed);
    } else if (access == null && split.progress().position() == JournalRecord.NONE) {
      return SessionGate.OPEN;
    } else {
      session = new LeftJournal(split, access, handover, metrics);
    }
    sessions.put(split.splitId(), session);
    if (mode == AckMode.JOURNAL) {
      watcher.start();
    }
    return session.gate();
  }

  private JournalThread.Work watching() {
    return new JournalThread.Work() {
      @Override
      public long run(long nanos) {
        return watch(nanos);
      }

      @Override
      public long pauseNanos() {
        return 0;
      }
    };
  }

  private long watch(long nanos) {
    written().forEach(session -> session.watch(nanos));
    if (nanos - askedAt >= WATCH_NANOS) {
      askedAt = nanos;
      confirmedAcks.ask();
    }
    return askedAt + WATCH_NANOS;
  }

  private WrittenJournal written(String sessionId) {
    if (sessions.get(sessionId) instanceof WrittenJournal session) {
      return session;
    }
    throw new IllegalStateException("no journal of session " + sessionId);
  }

  @Override
  public void emitted(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    written(ack.sessionId()).emitted(received, ack, state);
  }

  @Override
  public boolean holds(MqttMessage message, MqttSessionSplitState state) {
    return holding.holds(message, state);
  }

  @Override
  public void held(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    written(ack.sessionId()).held(received, ack, state);
    holding.add(state);
  }

  /** The sessions that hold messages now. */
  HoldingSessions holding() {
    return holding;
  }

  @Override
  public void repeated(AckHandle ack, MqttSessionSplitState state) {
    written(ack.sessionId()).queue(ack, state);
  }

  @Override
  public void dropStale(String sessionId) {
    written(sessionId).dropStale();
  }

  /**
   * A checkpoint's barrier passes.
   *
   * @param states of the sessions that have not ended
   */
  void snapshot(long checkpointId, Map<String, MqttSessionSplitState> states) {
    sessions.forEach(
        (sessionId, session) -> {
          MqttSessionSplitState state = states.get(sessionId);
          if (state == null) {
            session.snapshotEnded(checkpointId);
          } else {
            session.snapshot(checkpointId, state);
          }
        });
  }

  /** A checkpoint is complete. */
  void complete(long checkpointId) {
    sessions.values().forEach(session -> session.complete(checkpointId));
  }

  private Stream<WrittenJournal> written() {
    return sessions.values().stream()
        .filter(WrittenJournal.class::isInstance)
        .map(WrittenJournal.class::cast);
  }

  @Override
  public long oldestArrival() {
    return written().mapToLong(WrittenJournal::oldestArrival).min().orElse(Long.MAX_VALUE);
  }

  /** On disk. */
  long bytes() {
    return written().mapToLong(WrittenJournal::bytes).sum();
  }

  /** Milliseconds since the oldest file was begun. */
  long oldestAge() {
    long oldest = written().mapToLong(WrittenJournal::oldestAt).min().orElse(Long.MAX_VALUE);
    return Math.max(0, System.currentTimeMillis() - oldest);
  }

  /** Waits for what the last completed checkpoint asked for; the task's thread, at its end. */
  void awaitTidied() throws InterruptedException {
    Duration limit = access == null ? Duration.ZERO : access.closeLimit();
    long deadline = System.nanoTime() + limit.toNanos();
    for (SessionJournalLife session : sessions.values()) {
      session.awaitTidied(deadline);
    }
  }

  /**
   * Writes what is still to be written, and sends what may be acknowledged by then. Waits for the
   * disk 10 s at most.
   */
  @Override
  public void close() {
    Duration limit = access == null ? Duration.ZERO : access.closeLimit();
    long deadline = System.nanoTime() + limit.toNanos();
    sessions.values().forEach(SessionJournalLife::close);
    watcher.finish();
    try {
      for (Map.Entry<String, SessionJournalLife> session : sessions.entrySet()) {
        if (!session.getValue().awaitClosed(deadline)) {
          LOG.warn(
              "The disk of the journal of session {} does not answer: closing without a last flush",
              session.getKey());
        }
      }
      watcher.awaitEnd(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
