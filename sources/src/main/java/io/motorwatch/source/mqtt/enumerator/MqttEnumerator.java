package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives session {@code i} to the reader of subtask {@code i mod parallelism}, whenever such a
 * reader registers. Readers keep no splits in their state, so a start at another parallelism needs
 * nothing but this rule.
 *
 * <p>All methods run on the coordinator's thread.
 */
public final class MqttEnumerator
    implements SplitEnumerator<MqttSessionSplit, MqttEnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(MqttEnumerator.class);

  private final SplitEnumeratorContext<MqttSessionSplit> context;
  private final List<MqttSessionSplit> sessions;
  private final Set<String> established;

  /** Takes the sessions of the configuration and, after a restart, what the checkpoint held. */
  public MqttEnumerator(
      SplitEnumeratorContext<MqttSessionSplit> context,
      List<MqttSessionSplit> sessions,
      @Nullable MqttEnumeratorState restored) {
    this.context = context;
    this.sessions = List.copyOf(sessions);
    this.established = restored == null ? new HashSet<>() : new HashSet<>(restored.established());
  }

  @Override
  public void start() {
    Set<String> abandoned = new HashSet<>(established);
    sessions.forEach(session -> abandoned.remove(session.clientId()));
    if (!abandoned.isEmpty()) {
      LOG.warn(
          "The broker may still hold messages for the sessions {}, which this configuration no"
              + " longer has: start once more with them to drain these",
          abandoned);
    }
  }

  @Override
  public void addReader(int subtask) {
    List<MqttSessionSplit> mine =
        sessions.stream()
            .filter(session -> session.index() % context.currentParallelism() == subtask)
            .map(this::withHistory)
            .collect(Collectors.toList());
    if (!mine.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, mine)));
    }
  }

  private MqttSessionSplit withHistory(MqttSessionSplit session) {
    return new MqttSessionSplit(
        session.index(),
        session.clientId(),
        session.subscriptions(),
        established.contains(session.clientId()));
  }

  /** Nothing to do: a restarted reader registers, and gets its sessions then. */
  @Override
  public void addSplitsBack(List<MqttSessionSplit> splits, int subtask) {}

  /** Readers ask for nothing: sessions are pushed. */
  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SessionEstablishedEvent session) {
      established.add(session.clientId());
    }
  }

  @Override
  public MqttEnumeratorState snapshotState(long checkpointId) {
    return new MqttEnumeratorState(established);
  }

  @Override
  public void close() {}
}
