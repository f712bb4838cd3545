package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState.HeldSession;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.SessionProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives session {@code i} to the reader of subtask {@code i mod parallelism}. Readers hand in the
 * sessions of their state when they register; what these know of messages that may come again goes
 * on with the session, to whomever it is given. At a start at another parallelism that may be known
 * by any of the readers, so none gets a session before all have registered.
 *
 * <p>Sessions that a checkpoint knows and the configuration no longer has are given out to be
 * drained, but only once every configured one is subscribed: if all of the former unsubscribed
 * first, nobody would hold what is published in between.
 *
 * <p>All methods run on the coordinator's thread.
 */
public final class MqttEnumerator
    implements SplitEnumerator<MqttSessionSplit, MqttEnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(MqttEnumerator.class);

  private static final String SHARED = "$share/";

  private final SplitEnumeratorContext<MqttSessionSplit> context;
  private final Map<String, MqttSessionSplit> configured = new TreeMap<>();
  private final List<MqttSessionSplit> former = new ArrayList<>();
  private final Map<String, HeldSession> held;
  private final Set<String> awaited;
  private final Set<Integer> waiting = new TreeSet<>();

  /** Of sessions that no reader has now. */
  private final Map<String, SessionProgress> progress;

  /**
   * Takes the sessions of the configuration and, after a restart, what the checkpoint held.
   *
   * @param readPlainly filters session 0 reads besides the shared subscription that covers them
   */
  public MqttEnumerator(
      SplitEnumeratorContext<MqttSessionSplit> context,
      List<MqttSessionSplit> sessions,
      List<String> readPlainly,
      @Nullable MqttEnumeratorState restored) {
    this.context = context;
    this.held = restored == null ? new HashMap<>() : new HashMap<>(restored.held());
    this.progress = restored == null ? new HashMap<>() : new HashMap<>(restored.progress());
    for (MqttSessionSplit session : sessions) {
      configured.put(session.clientId(), withHistory(session));
    }
    addFormer(sessions.size(), readPlainly);
    this.awaited = new HashSet<>(configured.keySet());
  }

  private MqttSessionSplit withHistory(MqttSessionSplit session) {
    HeldSession before = held.getOrDefault(session.clientId(), new HeldSession(false, Set.of()));
    Set<String> all = new HashSet<>(before.filters());
    all.addAll(session.filters());
    // Before it connects: whatever happens then, the next start knows what may be subscribed.
    held.put(session.clientId(), new HeldSession(before.established(), all));
    session.filters().forEach(all::remove);
    return session.held(before.established(), all.stream().sorted().toList());
  }

  private void addFormer(int firstIndex, List<String> readPlainly) {
    for (Map.Entry<String, HeldSession> entry : new TreeMap<>(held).entrySet()) {
      if (!configured.containsKey(entry.getKey())) {
        Set<String> filters = entry.getValue().filters();
        boolean onlyShared = filters.stream().allMatch(filter -> filter.startsWith(SHARED));
        former.add(
            MqttSessionSplit.fresh(
                    firstIndex + former.size(),
                    entry.getKey(),
                    List.of(),
                    onlyShared ? readPlainly : List.of())
                .held(entry.getValue().established(), filters.stream().sorted().toList()));
      }
    }
  }

  @Override
  public void start() {
    if (!former.isEmpty()) {
      LOG.info(
          "Sessions {} are no longer configured: they are drained, then ended",
          former.stream().map(MqttSessionSplit::clientId).toList());
    }
  }

  @Override
  public void addReader(int subtask) {
    remember(context.registeredReaders().get(subtask).getReportedSplitsOnRegistration());
    waiting.add(subtask);
    if (context.registeredReaders().size() < context.currentParallelism()) {
      return;
    }
    for (int reader : waiting) {
      assign(reader, configured.values().stream().toList());
      if (awaited.isEmpty()) {
        assign(reader, former);
      }
    }
    waiting.clear();
  }

  private void remember(List<MqttSessionSplit> splits) {
    splits.forEach(split -> progress.put(split.clientId(), split.progress()));
  }

  private void assign(int subtask, List<MqttSessionSplit> from) {
    List<MqttSessionSplit> mine =
        from.stream()
            .filter(session -> session.index() % context.currentParallelism() == subtask)
            .sorted((one, other) -> Integer.compare(one.index(), other.index()))
            .map(this::withProgress)
            .toList();
    if (!mine.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, mine)));
    }
  }

  /** From here on the reader knows better. */
  private MqttSessionSplit withProgress(MqttSessionSplit split) {
    SessionProgress known = progress.remove(split.clientId());
    return known == null ? split : split.withProgress(known);
  }

  /**
   * Given out since the checkpoint that counts, so that no reader's state has them. The restarted
   * reader registers, and gets its sessions then.
   */
  @Override
  public void addSplitsBack(List<MqttSessionSplit> splits, int subtask) {
    remember(splits);
  }

  /** Readers ask for nothing: sessions are pushed. */
  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SessionEstablishedEvent session) {
      established(session.clientId());
    } else if (event instanceof SessionDrainedEvent session) {
      held.remove(session.clientId());
      former.removeIf(split -> split.clientId().equals(session.clientId()));
      LOG.info("Session {} is drained and ended", session.clientId());
    }
  }

  private void established(String clientId) {
    MqttSessionSplit now =
        configured.computeIfPresent(clientId, (id, split) -> split.held(true, List.of()));
    if (now == null) {
      return;
    }
    held.put(clientId, new HeldSession(true, Set.copyOf(now.filters())));
    if (awaited.remove(clientId) && awaited.isEmpty()) {
      // Who waits gets them with all others.
      context.registeredReaders().keySet().stream()
          .filter(reader -> !waiting.contains(reader))
          .forEach(reader -> assign(reader, former));
    }
  }

  @Override
  public MqttEnumeratorState snapshotState(long checkpointId) {
    return new MqttEnumeratorState(held, progress);
  }

  @Override
  public void close() {}
}
