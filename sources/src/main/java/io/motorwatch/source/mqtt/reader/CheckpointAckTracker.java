package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps each message's acknowledgement until a checkpoint holds the message's effect.
 *
 * <p>A message is staged after it was emitted, never before: one that is still queued when a
 * checkpoint passes is not part of it. A snapshot moves what is staged to its checkpoint;
 * completion of a checkpoint acknowledges that one's and all before it, in the order of receipt. An
 * aborted checkpoint needs nothing, since the next that completes covers it, and neither does a
 * plain savepoint, whose completion is not reported to a source.
 *
 * <p>For the task's thread only, but for {@link #oldestArrival()}.
 */
final class CheckpointAckTracker implements AckStage {

  /** Of {@link #oldestArrival()}: nothing is waiting. */
  static final long NONE = Long.MAX_VALUE;

  private final Consumer<AckHandle> onSent;
  private final Runnable onStale;
  private final TreeMap<Long, List<AckHandle>> pending = new TreeMap<>();
  private List<AckHandle> staged = new ArrayList<>();
  private volatile long oldestArrival = NONE;

  /**
   * @param onSent called for each acknowledgement that was sent
   * @param onStale called for each acknowledgement whose connection has ended
   */
  CheckpointAckTracker(Consumer<AckHandle> onSent, Runnable onStale) {
    this.onSent = onSent;
    this.onStale = onStale;
  }

  @Override
  public void emitted(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    stage(ack);
  }

  @Override
  public boolean holds(MqttMessage message, MqttSessionSplitState state) {
    return false;
  }

  @Override
  public void held(ReceivedMessage received, AckHandle ack, MqttSessionSplitState state) {
    throw new IllegalStateException("there is nothing here to wait for");
  }

  @Override
  public void repeated(AckHandle ack, MqttSessionSplitState state) {
    stage(ack);
  }

  /** After the message was handed to the next operator. */
  void stage(AckHandle ack) {
    if (oldestArrival == NONE) {
      oldestArrival = ack.arrivedAt();
    }
    staged.add(ack);
  }

  /** A checkpoint's barrier passes: what was emitted before belongs to it. */
  void snapshot(long checkpointId) {
    if (!staged.isEmpty()) {
      pending.put(checkpointId, staged);
      staged = new ArrayList<>();
    }
  }

  /** The checkpoint is durable. */
  void complete(long checkpointId) {
    Iterator<Map.Entry<Long, List<AckHandle>>> entries =
        pending.headMap(checkpointId, true).entrySet().iterator();
    while (entries.hasNext()) {
      for (AckHandle ack : entries.next().getValue()) {
        if (ack.acknowledge()) {
          onSent.accept(ack);
        } else {
          onStale.run();
        }
      }
      entries.remove();
    }
    oldestArrival = oldest();
  }

  @Override
  public void dropStale(String sessionId) {
    pending.values().forEach(acks -> dropStale(acks, sessionId));
    pending.values().removeIf(List::isEmpty);
    dropStale(staged, sessionId);
    oldestArrival = oldest();
  }

  private void dropStale(List<AckHandle> acks, String sessionId) {
    acks.removeIf(
        ack -> {
          boolean stale = ack.sessionId().equals(sessionId) && !ack.current();
          if (stale) {
            onStale.run();
          }
          return stale;
        });
  }

  private long oldest() {
    for (List<AckHandle> acks : pending.values()) {
      if (!acks.isEmpty()) {
        return acks.get(0).arrivedAt();
      }
    }
    return staged.isEmpty() ? NONE : staged.get(0).arrivedAt();
  }

  @Override
  public long oldestArrival() {
    return oldestArrival;
  }
}
