package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.TopicFilters;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalFlusher;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceOutput;
import org.jspecify.annotations.Nullable;

/**
 * The journals of a reader's sessions. Sessions are added on the fetcher's thread, gauges are for
 * any; all else is for the task's thread.
 */
final class Journals implements AckStage, AutoCloseable {

  /** How often the broker is asked what it has got of the acknowledgements. */
  private static final long ASK_NANOS = Duration.ofSeconds(1).toNanos();

  /** A task looks for barriers between polls. */
  private static final int EMIT_AT_ONCE = 16;

  private final AckOptions options;
  private final MessageHandover handover;
  private final MqttSourceMetrics metrics;
  private final ConfirmedAcks confirmedAcks;
  private final JournalFlusher flusher;
  private final Map<String, SessionJournalLife> sessions = new ConcurrentHashMap<>();

  private final Set<MqttSessionSplitState> holding = new LinkedHashSet<>();

  /** Of a task that waits for a flush. */
  private final AtomicReference<@Nullable CompletableFuture<Void>> waiting =
      new AtomicReference<>();

  // Of the flusher's thread.
  private long askedAt = System.nanoTime();

  Journals(
      AckOptions options,
      MessageHandover handover,
      MqttSourceMetrics metrics,
      ConfirmedAcks confirmedAcks) {
    this.options = options;
    this.handover = handover;
    this.metrics = metrics;
    this.confirmedAcks = confirmedAcks;
    JournalOptions journal = options.journal();
    this.flusher =
        new JournalFlusher(
            journal == null ? JournalOptions.DEFAULT_FLUSH : journal.flush(),
            problem -> handover.fail(new IOException("the journals: " + problem, problem)));
  }

  /** Where a session's messages have to wait; to be called once for each. */
  SessionGate gate(MqttSessionSplit split) {
    JournalOptions journal = options.journal();
    SessionJournalLife session;
    if (options.mode() == AckMode.JOURNAL && journal != null) {
      if (sessions.isEmpty()) {
        flusher.add(this::ask);
      }
      session =
          new WrittenJournal(
              split, journal, handover, flusher, metrics, confirmedAcks::sent, this::flushed);
    } else if (journal == null && split.progress().position() == JournalRecord.NONE) {
      return SessionGate.OPEN;
    } else {
      session = new LeftJournal(split, journal, handover, metrics);
    }
    sessions.put(split.splitId(), session);
    return session.gate();
  }

  private long ask(long nanos) {
    if (confirmedAcks.nothingSent()) {
      return Long.MAX_VALUE;
    }
    if (nanos - askedAt >= ASK_NANOS) {
      askedAt = nanos;
      confirmedAcks.ask();
      return Long.MAX_VALUE;
    }
    return askedAt + ASK_NANOS;
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
    return state.holds() || timedByArrival(message.topic());
  }

  private boolean timedByArrival(String topic) {
    for (String filter : options.timedByArrival()) {
      if (TopicFilters.matches(filter, topic)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void held(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    written(ack.sessionId()).held(received, ack, state);
    holding.add(state);
  }

  /**
   * Hands on some of what was held and need not wait any more.
   *
   * @return whether there may be more of it
   */
  boolean emitHeld(SourceOutput<MqttMessage> output) {
    boolean any = false;
    for (MqttSessionSplitState state : holding) {
      any |= emitHeld(written(state.split().splitId()).passable(), output, state);
    }
    if (any) {
      holding.removeIf(state -> !state.holds());
    }
    return any;
  }

  /** Hands on what a session holds that has ended: the broker has all acknowledgements. */
  void emitHeldOfEnded(SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    if (holding.remove(state)) {
      while (emitHeld(Long.MAX_VALUE, output, state)) {
        // All, since its place in checkpoints is gone with it.
      }
    }
  }

  private static boolean emitHeld(
      long passable, SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    for (int i = 0; i < EMIT_AT_ONCE; i++) {
      MqttMessage next = state.takeHeld(passable);
      if (next == null) {
        return i > 0;
      }
      MqttRecordEmitter.emit(next, output, state);
    }
    return true;
  }

  /** Whether any session holds messages. */
  boolean holding() {
    return !holding.isEmpty();
  }

  /** Done behind the next flush; the same one as long as it is not. */
  CompletableFuture<Void> nextFlush() {
    CompletableFuture<Void> before = waiting.get();
    CompletableFuture<Void> next =
        before == null || before.isDone() ? new CompletableFuture<>() : before;
    waiting.set(next);
    for (MqttSessionSplitState state : holding) {
      if (written(state.split().splitId()).passable() > state.position()) {
        // It was while nobody waited for it.
        next.complete(null);
      }
    }
    return next;
  }

  private void flushed() {
    CompletableFuture<Void> now = waiting.getAndSet(null);
    if (now != null) {
      now.complete(null);
    }
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

  /** Writes what is still to be written, and sends what may be acknowledged by then. */
  @Override
  public void close() {
    flusher.close();
    sessions.values().forEach(SessionJournalLife::close);
  }
}
