package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.enumerator.SessionDrainedEvent;
import io.motorwatch.source.mqtt.enumerator.SessionEstablishedEvent;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sessions of one subtask and acknowledges their messages, on checkpoint or by a journal.
 * All methods run on the task's thread.
 */
@SuppressWarnings("try") // close() may be interrupted: so it says in Flink's base class
public final class MqttSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReceivedMessage, MqttMessage, MqttSessionSplit, MqttSessionSplitState> {

  private final CheckpointAckTracker tracker;
  private final ConfirmedAcks confirmedAcks;
  private final MqttSessions sessions;
  private final Journals journals;
  private final AckMode ackMode;
  private final Map<String, MqttSessionSplitState> states = new HashMap<>();

  /** While messages are held. */
  private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

  /** Known once it was polled, which is before any message can be held. */
  private @Nullable ReaderOutput<MqttMessage> output;

  private MqttSourceReader(
      MqttSessions sessions,
      MessageHandover handover,
      Journals journals,
      CheckpointAckTracker tracker,
      ConfirmedAcks confirmedAcks,
      MqttSourceMetrics metrics,
      SessionOptions options,
      SourceReaderContext context) {
    super(
        () -> new MqttSplitReader(sessions, handover, options.ackMode(), journals),
        new MqttRecordEmitter(
            options.ackMode() == AckMode.JOURNAL ? journals : tracker, metrics, options.ackMode()),
        context.getConfiguration(),
        context);
    this.tracker = tracker;
    this.confirmedAcks = confirmedAcks;
    this.sessions = sessions;
    this.journals = journals;
    this.ackMode = options.ackMode();
  }

  /** A reader without sessions yet. */
  public static MqttSourceReader create(SessionOptions options, SourceReaderContext context) {
    MqttSourceMetrics metrics = new MqttSourceMetrics(context.metricGroup());
    MessageHandover handover = new MessageHandover(options.receiveMaximum(), metrics::qos0Dropped);
    ConfirmedAcks confirmedAcks = new ConfirmedAcks();
    CheckpointAckTracker tracker =
        new CheckpointAckTracker(confirmedAcks::sent, metrics::staleAckDropped);
    Journals journals = new Journals(options.acks(), handover, metrics, confirmedAcks);
    MqttSessions sessions = new MqttSessions(options, handover, metrics, journals::gate);
    metrics.observe(
        handover::size,
        sessions::unacked,
        sessions::windowUtilization,
        () ->
            Math.max(
                0,
                System.currentTimeMillis()
                    - Math.min(tracker.oldestArrival(), journals.oldestArrival())));
    metrics.observeJournals(journals::bytes, journals::oldestAge);
    return new MqttSourceReader(
        sessions, handover, journals, tracker, confirmedAcks, metrics, options, context);
  }

  /**
   * Which sessions are read is no state of the reader's: the enumerator assigns them at every
   * start. What is known of messages that may come again is.
   */
  @Override
  public List<MqttSessionSplit> snapshotState(long checkpointId) {
    confirmedAcks.take(this::confirmed);
    states.values().forEach(MqttSessionSplitState::settle);
    tracker.snapshot(checkpointId);
    journals.snapshot(checkpointId, states);
    for (String clientId : sessions.takeNewlyEstablished()) {
      context.sendSourceEventToCoordinator(new SessionEstablishedEvent(clientId));
    }
    return super.snapshotState(checkpointId);
  }

  /** With a journal, acknowledgements are confirmed at any time. */
  @Override
  public InputStatus pollNext(ReaderOutput<MqttMessage> output) throws Exception {
    if (ackMode == AckMode.JOURNAL) {
      confirmedAcks.take(this::confirmed);
      this.output = output;
      if (journals.holding().emit(output)) {
        return InputStatus.MORE_AVAILABLE;
      }
    }
    return super.pollNext(output);
  }

  /**
   * Also once messages are durable that had to wait for it. Flink registers no other future while
   * one is not done, so it must be the same until then.
   */
  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!available.isDone()) {
      return available;
    }
    CompletableFuture<Void> more = super.isAvailable();
    if (journals.holding().isEmpty() || more.isDone()) {
      return more;
    }
    available =
        CompletableFuture.anyOf(more, journals.holding().nextFlush()).thenApply(any -> null);
    return available;
  }

  private void confirmed(AckHandle ack) {
    MqttSessionSplitState state = states.get(ack.sessionId());
    if (state == null) {
      return;
    }
    if (ackMode == AckMode.JOURNAL) {
      state.finished(ack);
    } else {
      state.confirmed(ack);
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    journals.complete(checkpointId);
    if (ackMode != AckMode.JOURNAL) {
      tracker.complete(checkpointId);
      confirmedAcks.ask();
      sessions.checkWindows();
    }
    super.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void close() throws Exception {
    super.close();
    journals.awaitTidied();
  }

  /** Only sessions that were drained end. */
  @Override
  protected void onSplitFinished(Map<String, MqttSessionSplitState> finished) {
    for (String clientId : finished.keySet()) {
      MqttSessionSplitState ended = states.remove(clientId);
      if (ended != null && output != null) {
        journals.holding().emitOfEnded(output, ended);
      }
      context.sendSourceEventToCoordinator(new SessionDrainedEvent(clientId));
    }
  }

  @Override
  protected MqttSessionSplitState initializedState(MqttSessionSplit split) {
    MqttSessionSplitState state = MqttSessionSplitState.of(split);
    states.put(split.splitId(), state);
    return state;
  }

  @Override
  protected MqttSessionSplit toSplitType(String splitId, MqttSessionSplitState state) {
    return state.toSplit();
  }
}
