package io.motorwatch.source.mqtt.reader;

import io.motorwatch.mqtt.TopicFilters;
import io.motorwatch.source.mqtt.MqttMessage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.source.SourceOutput;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a reader that hold messages which must be durable before they are handed on. For
 * the task's thread, but for {@link #flushed}.
 */
final class HoldingSessions {

  /** A task looks for barriers between polls. */
  private static final int EMIT_AT_ONCE = 16;

  private final List<String> timedByArrival;
  private final ToLongFunction<MqttSessionSplitState> passable;
  private final Set<MqttSessionSplitState> sessions = new LinkedHashSet<>();

  /** Of a task that waits for a flush. */
  private final AtomicReference<@Nullable CompletableFuture<Void>> waiting =
      new AtomicReference<>();

  /**
   * @param timedByArrival filters of the topics whose messages are held
   * @param passable the last position of a session that need not wait any more
   */
  HoldingSessions(List<String> timedByArrival, ToLongFunction<MqttSessionSplitState> passable) {
    this.timedByArrival = timedByArrival;
    this.passable = passable;
  }

  /** Whether a message is to be held, by itself or since one before it is. */
  boolean holds(MqttMessage message, MqttSessionSplitState state) {
    if (state.holds()) {
      return true;
    }
    String topic = message.topic();
    for (String filter : timedByArrival) {
      if (mayMatch(filter, topic) && TopicFilters.matches(filter, topic)) {
        return true;
      }
    }
    return false;
  }

  /** Most topics are telemetry, which is to cost next to nothing. */
  private static boolean mayMatch(String filter, String topic) {
    char last = filter.charAt(filter.length() - 1);
    return last == '#'
        || last == '+'
        || (!topic.isEmpty() && topic.charAt(topic.length() - 1) == last);
  }

  void add(MqttSessionSplitState state) {
    sessions.add(state);
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /**
   * Hands on some of what need not wait any more.
   *
   * @return whether there may be more of it
   */
  boolean emit(SourceOutput<MqttMessage> output) {
    boolean any = false;
    for (MqttSessionSplitState state : sessions) {
      any |= emit(passable.applyAsLong(state), output, state);
    }
    if (any) {
      sessions.removeIf(state -> !state.holds());
    }
    return any;
  }

  /** Hands on all of a session that has ended: the broker has its acknowledgements. */
  void emitOfEnded(SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    if (sessions.remove(state)) {
      while (emit(Long.MAX_VALUE, output, state)) {
        // At once, since its place in checkpoints is gone with it.
      }
    }
  }

  private static boolean emit(
      long last, SourceOutput<MqttMessage> output, MqttSessionSplitState state) {
    for (int i = 0; i < EMIT_AT_ONCE; i++) {
      MqttMessage next = state.takeHeld(last);
      if (next == null) {
        return i > 0;
      }
      MqttRecordEmitter.emit(next, output, state);
    }
    return true;
  }

  /** Done behind the next flush; the same one as long as it is not. */
  CompletableFuture<Void> nextFlush() {
    CompletableFuture<Void> before = waiting.get();
    CompletableFuture<Void> next =
        before == null || before.isDone() ? new CompletableFuture<>() : before;
    waiting.set(next);
    for (MqttSessionSplitState state : sessions) {
      if (passable.applyAsLong(state) >= state.firstHeld()) {
        // It was while nobody waited for it.
        next.complete(null);
      }
    }
    return next;
  }

  /** More may be passable now. Any thread. */
  void flushed() {
    CompletableFuture<Void> now = waiting.getAndSet(null);
    if (now != null) {
      now.complete(null);
    }
  }
}
