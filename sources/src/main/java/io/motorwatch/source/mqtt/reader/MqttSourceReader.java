package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.enumerator.SessionDrainedEvent;
import io.motorwatch.source.mqtt.enumerator.SessionEstablishedEvent;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/**
 * Reads the sessions of one subtask and acknowledges their messages on checkpoint. All methods run
 * on the task's thread.
 */
@SuppressWarnings("try") // close() may be interrupted: so it says in Flink's base class
public final class MqttSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReceivedMessage, MqttMessage, MqttSessionSplit, MqttSessionSplit> {

  private final CheckpointAckTracker tracker;
  private final MqttSessions sessions;

  private MqttSourceReader(
      MqttSessions sessions,
      MessageHandover handover,
      CheckpointAckTracker tracker,
      MqttSourceMetrics metrics,
      SessionOptions options,
      SourceReaderContext context) {
    super(
        () -> new MqttSplitReader(sessions, handover, options.ackMode()),
        new MqttRecordEmitter(tracker, metrics, options.ackMode()),
        context.getConfiguration(),
        context);
    this.tracker = tracker;
    this.sessions = sessions;
  }

  /** A reader without sessions yet. */
  public static MqttSourceReader create(SessionOptions options, SourceReaderContext context) {
    MqttSourceMetrics metrics = new MqttSourceMetrics(context.metricGroup());
    MessageHandover handover = new MessageHandover(options.receiveMaximum(), metrics::qos0Dropped);
    CheckpointAckTracker tracker = new CheckpointAckTracker(metrics::staleAckDropped);
    MqttSessions sessions = new MqttSessions(options, handover, metrics);
    metrics.observe(
        handover::size,
        sessions::unacked,
        sessions::windowUtilization,
        () -> Math.max(0, System.currentTimeMillis() - tracker.oldestArrival()));
    return new MqttSourceReader(sessions, handover, tracker, metrics, options, context);
  }

  /** Sessions are no state: the enumerator assigns them at every start, at any parallelism. */
  @Override
  public List<MqttSessionSplit> snapshotState(long checkpointId) {
    tracker.snapshot(checkpointId);
    for (String clientId : sessions.takeNewlyEstablished()) {
      context.sendSourceEventToCoordinator(new SessionEstablishedEvent(clientId));
    }
    return List.of();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    tracker.complete(checkpointId);
    sessions.checkWindows();
    super.notifyCheckpointComplete(checkpointId);
  }

  /** Only sessions that were drained end. */
  @Override
  protected void onSplitFinished(Map<String, MqttSessionSplit> finished) {
    for (String clientId : finished.keySet()) {
      context.sendSourceEventToCoordinator(new SessionDrainedEvent(clientId));
    }
  }

  @Override
  protected MqttSessionSplit initializedState(MqttSessionSplit split) {
    return split;
  }

  @Override
  protected MqttSessionSplit toSplitType(String splitId, MqttSessionSplit state) {
    return state;
  }
}
